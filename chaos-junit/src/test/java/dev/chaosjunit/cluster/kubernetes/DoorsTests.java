// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ServiceEndpoint;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Load gets at Services")
class DoorsTests {
    private final RelayedKubernetes kubernetes = new RelayedKubernetes();
    private final PortForwards forwards = new PortForwards(kubernetes.client());
    private final Doors doors = new Doors(kubernetes, forwards, "run", lost -> {});
    private final List<Service> applied = new ArrayList<>();

    @AfterEach
    void close() {
        doors.close();
        forwards.close();
        kubernetes.close();
    }

    @Test
    @DisplayName("by their cluster IPs, through a relay in their namespace, where no node is known")
    void relayed() {
        doors.add(service("shop", "team", "10.43.0.7"), this::apply);
        doors.add(service("stock", "team", "fd00::8"), this::apply);
        doors.add(service("till", "other", "10.43.0.9"), this::apply);

        doors.prepare();
        List<ServiceEndpoint> endpoints = doors.open();

        assertThat(applied).isEmpty();
        assertThat(kubernetes.relayed).containsExactly("team: [10.43.0.7:80, [fd00::8]:80]", "other: [10.43.0.9:80]");
        assertThat(doors.describe()).isEqualTo(", load by the relay through the API server");
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.reach().get(80))
                .doesNotHaveDuplicates()
                .allSatisfy(reach -> assertThat(reach)
                        .singleElement()
                        .satisfies(address -> assertThat(address.getAddress().isLoopbackAddress())
                                .isTrue()));
    }

    @Test
    @DisplayName("that are headless by the address of a door with the same pods and ports behind it")
    void headless() {
        Service headless = service("shop", "team", "None");

        doors.add(headless, this::apply);
        doors.prepare();

        assertThat(applied).singleElement().satisfies(door -> {
            assertThat(door.getSpec().getType()).isEqualTo("ClusterIP");
            assertThat(door.getSpec().getSelector())
                    .isEqualTo(headless.getSpec().getSelector());
            assertThat(door.getSpec().getPorts().get(0).getTargetPort().getStrVal())
                    .isEqualTo("http");
        });
        assertThat(kubernetes.relayed).containsExactly("team: [10.43.0.99:80]");
        assertThat(doors.open().get(0).addresses()).isEmpty();
    }

    @Test
    @DisplayName("by node ports where one opens, and through a relay where none does")
    void nodePorts() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            kubernetes.node = new InetSocketAddress(open.getInetAddress(), open.getLocalPort());
            doors.add(service("shop", "team", "10.43.0.7"), this::apply);
            doors.prepare();

            assertThat(doors.open().get(0).reach().get(80)).containsExactly(kubernetes.node);
            assertThat(doors.describe()).isEqualTo(", load by node ports");
        }
        assertThat(kubernetes.relayed).isEmpty();

        doors.open();

        assertThat(kubernetes.relayed).containsExactly("team: [10.43.0.7:80]");
        assertThat(doors.describe()).contains("relay");
    }

    /** As the API server does. */
    private Service apply(Service door) {
        applied.add(door);
        return new ServiceBuilder(door)
                .editSpec()
                .withClusterIP("10.43.0.99")
                .editFirstPort()
                .withNodePort(30_080)
                .endPort()
                .endSpec()
                .build();
    }

    private static Service service(String name, String namespace, String clusterIp) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(clusterIp)
                .addToSelector("app", name)
                .addNewPort()
                .withPort(80)
                .withNewTargetPort("http")
                .withProtocol("TCP")
                .endPort()
                .addNewPort()
                .withName("dns")
                .withPort(53)
                .withProtocol("UDP")
                .endPort()
                .endSpec()
                .build();
    }
}
