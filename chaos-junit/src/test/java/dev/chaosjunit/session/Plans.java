// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.experiment.WindowLengths;
import java.time.Duration;
import java.util.List;

/** Plans of no manifest to speak of. */
final class Plans {
    private Plans() {}

    static Plan on(ClusterRuntime runtime) {
        return new Plan(
                List.of(new ManifestSource("none", "")),
                List.of(),
                List.of(),
                runtime,
                Duration.ofSeconds(1),
                new WindowLengths(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }
}
