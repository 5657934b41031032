// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.List;

/** Everything the manifests of one cluster ask for. */
public record Manifests(List<Workload> workloads, List<ServiceSpec> services) {

    public Manifests {
        workloads = List.copyOf(workloads);
        services = List.copyOf(services);
    }
}
