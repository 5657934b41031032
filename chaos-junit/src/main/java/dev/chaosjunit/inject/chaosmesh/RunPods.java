// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodContainer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The pods of a run: the only ones that its faults may hit, whoever else has the same labels.
 *
 * @param run its id, which its pods have as a label: 1 to 63 letters, digits, '.', '_' and '-'
 * @param namespaces where they may be, one at least; resources are made in the first
 * @param running those that run now, as {@link dev.chaosjunit.cluster.Cluster#instances} has them
 * @param containers of one of them, as {@link dev.chaosjunit.cluster.Cluster#containers} has them
 */
public record RunPods(
        String run,
        List<String> namespaces,
        Supplier<List<Instance>> running,
        Function<Instance, List<PodContainer>> containers) {
    /** The label of each pod whose value is the run. */
    static final String LABEL = "dev.chaosjunit/run";

    public RunPods {
        if (!run.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
            throw new IllegalArgumentException(
                    "\"" + run + "\" is no run id: it must be fit for a label's value, 1 to 63"
                            + " letters, digits, '.', '_' and '-'");
        }
        namespaces = List.copyOf(namespaces);
    }

    /** Where resources are made. */
    String namespace() {
        return namespaces.get(0);
    }
}
