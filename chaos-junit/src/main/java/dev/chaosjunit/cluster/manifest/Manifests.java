// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.result.LeftOut;
import java.util.List;

/** What manifests say, with all that they refer to put in place. */
public record Manifests(List<Workload> workloads, List<ServiceSpec> services, LeftOut leftOut) {

    public Manifests {
        workloads = List.copyOf(workloads);
        services = List.copyOf(services);
    }
}
