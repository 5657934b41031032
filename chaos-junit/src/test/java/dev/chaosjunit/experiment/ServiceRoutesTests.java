// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ServiceEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A load's host")
class ServiceRoutesTests {
    private static final InetSocketAddress DOOR = new InetSocketAddress("172.17.0.3", 30_080);

    private final ServiceRoutes routes = new ServiceRoutes(List.of(
            new ServiceEndpoint(
                    "shop", List.of("10.43.0.9"), Map.of("http", 80), Map.of("app", "shop"), Map.of(80, List.of(DOOR))),
            ServiceEndpoint.direct("pay", List.of("198.18.0.130"), Map.of("grpc", 9090), Map.of("app", "pay"))));

    @Test
    @DisplayName("that is a Service is reached where the test's own process can, not at its cluster IP")
    void door() {
        assertThat(routes.to("shop", 80)).contains(List.of(DOOR));
    }

    @Test
    @DisplayName("that is a Service on this machine is reached as the pods do")
    void direct() {
        assertThat(routes.to("pay", 9090)).contains(List.of(new InetSocketAddress("198.18.0.130", 9090)));
    }

    @Test
    @DisplayName("leads nowhere at a port that its Service lacks")
    void otherPort() {
        assertThat(routes.to("shop", 81)).contains(List.of());
    }

    @Test
    @DisplayName("that is no Service is left to the system")
    void elsewhere() {
        assertThat(routes.to("example.org", 80)).isEmpty();
    }
}
