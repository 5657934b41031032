// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.List;
import java.util.stream.Collectors;

/** What Services lead to. */
final class Targets {
    private final List<Workload> workloads;
    private final Findings findings;

    Targets(List<Workload> workloads, Findings findings) {
        this.workloads = workloads;
        this.findings = findings;
    }

    /** Look for pods behind a Service, and for its ports. */
    void check(Place place, ServiceSpec service) {
        List<Workload> behind = workloads.stream().filter(service::selects).toList();
        if (behind.isEmpty() && !service.selector().isEmpty()) {
            findings.missing(
                    place.below("spec.selector", place.line()),
                    service.selector() + " selects no pod of these manifests in namespace " + service.namespace());
        }
        for (Workload workload : behind) {
            for (ServicePort port : service.ports()) {
                if (port.targetIn(workload).isEmpty()) {
                    findings.missing(
                            place.below("spec.ports", place.line()),
                            "targetPort "
                                    + unknown(port.target(), workload.pod().ports(), workload.title()));
                }
            }
        }
    }

    /** That a port has no such name, and which there are. */
    static String unknown(String name, List<ContainerPort> ports, String owner) {
        return name + " is no port of " + owner + ", which has "
                + ports.stream()
                        .map(port -> port.name().equals(String.valueOf(port.number()))
                                ? port.name()
                                : port.name() + " (" + port.number() + ")")
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
