// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runtimes tried in turn until one can be had here. */
final class Attempts {
    private final List<String> refusals = new ArrayList<>();
    private @Nullable Cluster started;

    /** Try this one, unless there is a cluster already. */
    Attempts then(String runtime, Supplier<Cluster> start) {
        if (started == null) {
            try {
                started = start.get();
            } catch (RuntimeUnavailableException e) {
                refusals.add(runtime + ": " + e.getMessage());
            }
        }
        return this;
    }

    /**
     * What was started.
     *
     * @throws RuntimeUnavailableException with what was said against each
     */
    Cluster orRefuse() {
        if (started == null) {
            throw new RuntimeUnavailableException("no runtime can be had here.\n" + String.join("\n", refusals));
        }
        return started;
    }
}
