// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static java.util.Objects.requireNonNullElse;

import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Service whose fields are all supported → a {@link ServiceSpec}, or what is wrong with their values. */
final class ServiceReader {

    private ServiceReader() {}

    static ServiceSpec read(Document document, Service service) {
        String name = document.name(service.getMetadata());
        var spec = service.getSpec();
        if (spec == null) {
            throw document.refuse("spec", "is missing");
        }
        if (spec.getType() != null && !"ClusterIP".equals(spec.getType())) {
            throw document.unsupported("spec.type " + spec.getType() + " (other than ClusterIP)");
        }
        if (spec.getClusterIP() != null && !"None".equals(spec.getClusterIP())) {
            throw document.unsupported("spec.clusterIP " + spec.getClusterIP() + " (other than None)");
        }
        Map<String, String> selector = requireNonNullElse(spec.getSelector(), Map.of());
        if (selector.isEmpty()) {
            throw document.refuse("spec.selector", "is missing: the local runtime has no other endpoints");
        }
        return new ServiceSpec(name, spec.getClusterIP() != null, selector, ports(document, spec.getPorts()));
    }

    private static List<ServicePort> ports(
            Document document, List<io.fabric8.kubernetes.api.model.ServicePort> declared) {
        List<ServicePort> ports = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            var port = declared.get(i);
            String path = "spec.ports[" + i + "].";
            document.requireTcp(path + "protocol", port.getProtocol());
            int number = document.port(path + "port", port.getPort());
            if (port.getName() == null && declared.size() > 1) {
                throw document.refuse(path + "name", "is missing: a Service of several ports must name each");
            }
            ports.add(new ServicePort(
                    requireNonNullElse(port.getName(), String.valueOf(number)),
                    number,
                    target(document, path + "targetPort", port.getTargetPort(), number)));
        }
        if (ports.isEmpty()) {
            throw document.refuse("spec.ports", "is missing");
        }
        return ports;
    }

    private static String target(Document document, String path, @Nullable IntOrString target, int port) {
        if (target == null) {
            return String.valueOf(port);
        }
        return target.getStrVal() == null
                ? String.valueOf(document.port(path, target.getIntVal()))
                : target.getStrVal();
    }
}
