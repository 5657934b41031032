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

    /**
     * Look for pods behind a Service, and for its ports.
     *
     * @param spec that the Service was read from
     */
    void check(Field spec, ServiceSpec service) {
        List<Workload> behind = workloads.stream().filter(service::selects).toList();
        if (behind.isEmpty() && !service.selector().isEmpty()) {
            findings.problem(
                    spec.at("selector").orElse(spec).place(),
                    service.selector() + " selects no pod of these manifests in namespace " + service.namespace());
        }
        behind.forEach(workload -> checkPorts(spec.list("ports"), service.ports(), workload));
    }

    private void checkPorts(List<Field> fields, List<ServicePort> ports, Workload workload) {
        for (int i = 0; i < ports.size(); i++) {
            ServicePort port = ports.get(i);
            if (port.targetIn(workload).isEmpty()) {
                Field field = fields.get(i);
                findings.problem(
                        field.at("targetPort").orElse(field).place(),
                        unknown(port.target(), workload.pod().ports(), workload.title()));
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
