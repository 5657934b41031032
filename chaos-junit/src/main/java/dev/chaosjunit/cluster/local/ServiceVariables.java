// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables by which the kubelet tells pods of the Services in their namespace: {@code WEB_SERVICE_HOST} and more. */
final class ServiceVariables {
    private ServiceVariables() {}

    /**
     * Those of pods in a namespace.
     *
     * @param clusterIps of Services anywhere; those of headless ones are missing
     */
    static Map<String, String> of(String namespace, Map<ServiceSpec, String> clusterIps) {
        Map<String, String> variables = new LinkedHashMap<>();
        clusterIps.forEach((service, clusterIp) -> {
            if (service.namespace().equals(namespace)) {
                add(service, clusterIp, variables);
            }
        });
        return variables;
    }

    private static void add(ServiceSpec service, String clusterIp, Map<String, String> variables) {
        String prefix = word(service.name());
        List<ServicePort> ports = service.ports();
        String first = String.valueOf(ports.get(0).port());
        variables.put(prefix + "_SERVICE_HOST", clusterIp);
        variables.put(prefix + "_SERVICE_PORT", first);
        ports.stream()
                .filter(port -> !port.name().equals(String.valueOf(port.port()))) // has a name
                .forEach(port ->
                        variables.put(prefix + "_SERVICE_PORT_" + word(port.name()), String.valueOf(port.port())));
        variables.put(prefix + "_PORT", url(ports.get(0), clusterIp));
        for (ServicePort port : ports) {
            String link = prefix + "_PORT_" + port.port() + "_" + port.protocol();
            variables.put(link, url(port, clusterIp));
            variables.put(link + "_PROTO", protocol(port));
            variables.put(link + "_PORT", String.valueOf(port.port()));
            variables.put(link + "_ADDR", clusterIp);
        }
    }

    private static String url(ServicePort port, String clusterIp) {
        return protocol(port) + "://" + clusterIp + ":" + port.port();
    }

    private static String protocol(ServicePort port) {
        return port.protocol().name().toLowerCase(Locale.ROOT);
    }

    private static String word(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
