// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Service. */
final class ServiceReader {
    private final Findings findings;

    ServiceReader(Findings findings) {
        this.findings = findings;
    }

    Optional<ServiceSpec> read(Field object) {
        if (object.lacks("spec")) {
            findings.problem(object.place(), "spec is missing");
        }
        return object.at("spec").map(spec -> read(object, spec));
    }

    private ServiceSpec read(Field object, Field spec) {
        spec.at("type")
                .filter(type -> !type.text().equals("ClusterIP"))
                .ifPresent(type -> findings.withoutEffect("spec.type: " + type.text(), type.place()));
        Map<String, String> selector = spec.map("selector");
        boolean headless = spec.at("clusterIP").isPresent();
        if (selector.isEmpty() && spec.lacks("selector")) {
            findings.problem(spec.place(), "selector is missing: the local runtime has no other endpoints");
        }
        if (!headless && spec.list("ports").isEmpty() && spec.lacks("ports")) {
            findings.problem(spec.place(), "ports is missing");
        }
        return new ServiceSpec(
                ObjectNames.namespace(object),
                ObjectNames.name(object),
                headless,
                spec.flag("publishNotReadyAddresses", false),
                selector,
                ports(spec.list("ports")));
    }

    private List<ServicePort> ports(List<Field> declared) {
        List<ServicePort> ports = new ArrayList<>();
        for (Field port : declared) {
            int number = port.integer("port", 0);
            if (port.lacks("port")) {
                findings.problem(port.place(), "needs port");
            }
            if (port.lacks("name") && declared.size() > 1) {
                findings.problem(port.place(), "name is missing: a Service of several ports must name each");
            }
            String name = port.text("name", String.valueOf(number));
            if (ports.stream().anyMatch(other -> other.name().equals(name)) && !port.lacks("name")) {
                findings.problem(port.place(), "name \"" + name + "\" is that of another port");
            }
            ports.add(new ServicePort(
                    name,
                    number,
                    port.text("targetPort", String.valueOf(number)),
                    Protocol.valueOf(port.text("protocol", "TCP"))));
        }
        return ports;
    }
}
