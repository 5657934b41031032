// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.result.LeftOut;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** What manifests say, with all that they refer to put in place. */
public record Manifests(List<Workload> workloads, List<ServiceSpec> services, LeftOut leftOut) {

    public Manifests {
        workloads = List.copyOf(workloads);
        services = List.copyOf(services);
    }

    /** Those that are meant by the namespace and the labels of their pods. */
    public List<Workload> workloads(BiPredicate<String, Map<String, String>> meant) {
        return workloads.stream()
                .filter(workload -> meant.test(workload.namespace(), workload.labels()))
                .toList();
    }
}
