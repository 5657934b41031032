// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Variables about Services")
class ServiceVariablesTests {
    private static final Map<ServiceSpec, String> CLUSTER_IPS = Map.of(
            service("default", "my-web", port("80", 80, Protocol.TCP)),
            "198.18.0.128",
            service("prod", "dns", port("udp", 53, Protocol.UDP), port("over-tcp", 53, Protocol.TCP)),
            "198.18.0.129");

    @Test
    @DisplayName("are those that the kubelet sets: of the pod's namespace, with all ports")
    void ports() {
        assertThat(ServiceVariables.of("prod", CLUSTER_IPS))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("DNS_SERVICE_HOST", "198.18.0.129"),
                        Map.entry("DNS_SERVICE_PORT", "53"),
                        Map.entry("DNS_SERVICE_PORT_UDP", "53"),
                        Map.entry("DNS_SERVICE_PORT_OVER_TCP", "53"),
                        Map.entry("DNS_PORT", "udp://198.18.0.129:53"),
                        Map.entry("DNS_PORT_53_UDP", "udp://198.18.0.129:53"),
                        Map.entry("DNS_PORT_53_UDP_PROTO", "udp"),
                        Map.entry("DNS_PORT_53_UDP_PORT", "53"),
                        Map.entry("DNS_PORT_53_UDP_ADDR", "198.18.0.129"),
                        Map.entry("DNS_PORT_53_TCP", "tcp://198.18.0.129:53"),
                        Map.entry("DNS_PORT_53_TCP_PROTO", "tcp"),
                        Map.entry("DNS_PORT_53_TCP_PORT", "53"),
                        Map.entry("DNS_PORT_53_TCP_ADDR", "198.18.0.129")));
    }

    @Test
    @DisplayName("do not name a port that has no name")
    void unnamed() {
        assertThat(ServiceVariables.of("default", CLUSTER_IPS))
                .containsEntry("MY_WEB_SERVICE_HOST", "198.18.0.128")
                .containsEntry("MY_WEB_SERVICE_PORT", "80")
                .doesNotContainKey("MY_WEB_SERVICE_PORT_80")
                .hasSize(7);
        assertThat(ServiceVariables.of("other", CLUSTER_IPS)).isEmpty();
    }

    private static ServiceSpec service(String namespace, String name, ServicePort... ports) {
        return new ServiceSpec(namespace, name, false, false, Map.of("app", "one"), List.of(ports));
    }

    private static ServicePort port(String name, int number, Protocol protocol) {
        return new ServicePort(name, number, String.valueOf(number), protocol);
    }
}
