// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

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
record NamedService(ServiceSpec spec, Optional<String> clusterIp, List<Backend> backends) {

    NamedService {
        backends = List.copyOf(backends);
    }

    /** What its name resolves to. */
    List<String> addresses() {
        return clusterIp
                .map(List::of)
                .orElseGet(() -> backends.stream().map(Backend::address).toList());
    }

    /**
     * A pod behind it.
     *
     * @param hostname below the name of the Service
     */
    record Backend(String hostname, String address, Workload workload) {

        /** Of a pod: what it is called counts only where it says to be below this Service. */
        static Backend of(PodName pod, String address, Workload workload, ServiceSpec service) {
            boolean named = pod.subdomain().equals(service.name());
            boolean declared =
                    named && (isStateful(workload) || !workload.pod().hostname().isEmpty());
            return new Backend(declared ? pod.hostname() : address.replace('.', '-'), address, workload);
        }

        private static boolean isStateful(Workload workload) {
            return workload.kind() == Workload.Kind.STATEFUL_SET;
        }
    }
}
