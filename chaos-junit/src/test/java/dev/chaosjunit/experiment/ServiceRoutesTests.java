// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ServiceEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A load's host")
class ServiceRoutesTests {
    private static final InetSocketAddress DOOR = new InetSocketAddress("172.17.0.3", 30_080);
    private static final InetSocketAddress TEST_DOOR = new InetSocketAddress("172.17.0.3", 30_081);

    private final ServiceRoutes routes = new ServiceRoutes(List.of(
            new ServiceEndpoint(
                    "shop", List.of("10.43.0.9"), Map.of("http", 80), Map.of("app", "shop"), Map.of(80, List.of(DOOR))),
            new ServiceEndpoint("pay", "prod", List.of(), Map.of(), Map.of(), Map.of(80, List.of(TEST_DOOR))),
            new ServiceEndpoint("pay", "test", List.of(), Map.of(), Map.of(), Map.of(80, List.of(TEST_DOOR))),
            new ServiceEndpoint("shop", "test", List.of(), Map.of(), Map.of(), Map.of(80, List.of(TEST_DOOR)))));

    @Test
    @DisplayName("that is a Service is reached where the test's own process can, not at its cluster IP")
    void door() {
        assertThat(routes.to("shop", 80)).contains(List.of(DOOR));
        assertThat(routes.to("shop.default", 80)).contains(List.of(DOOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.test", "shop.test.svc", "shop.test.svc.cluster.local"})
    @DisplayName("may name the namespace of its Service, as pods do")
    void namespace(String host) {
        assertThat(routes.to(host, 80)).contains(List.of(TEST_DOOR));
    }

    @Test
    @DisplayName("leads nowhere where several namespaces have such a Service, and default has none")
    void several() {
        assertThat(routes.to("pay", 80)).contains(List.of());
    }

    @Test
    @DisplayName("leads nowhere at a port that its Service lacks")
    void otherPort() {
        assertThat(routes.to("shop.default", 81)).contains(List.of());
    }

    @Test
    @DisplayName("that is no Service is left to the system")
    void elsewhere() {
        assertThat(routes.to("example.org", 80)).isEmpty();
        assertThat(routes.to("shop.example", 80)).isEmpty();
        assertThat(routes.to("shop.test.example", 80)).isEmpty();
    }
}
