// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.dns;

import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.List;
import java.util.Optional;

/**
 * A Service as it can be reached now.
 *
 * @param clusterIp absent for a headless one
 * @param backends the pods behind it
 */
public record NamedService(ServiceSpec spec, Optional<String> clusterIp, List<Backend> backends) {
    /** Where the names of Services end, below which are their namespaces. */
    public static final String SUFFIX = "svc.cluster.local";

    public NamedService {
        backends = List.copyOf(backends);
    }

    /** What its name resolves to. */
    public List<String> addresses() {
        return clusterIp
                .map(List::of)
                .orElseGet(() -> backends.stream().map(Backend::address).toList());
    }

    /**
     * A pod behind it.
     *
     * @param hostname below the name of the Service
     */
    public record Backend(String hostname, String address, Workload workload) {}
}
