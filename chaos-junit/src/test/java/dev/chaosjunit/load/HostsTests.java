// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The hosts of a load")
class HostsTests {
    private static final InetSocketAddress ONE = new InetSocketAddress("198.18.0.2", 31080);
    private static final InetSocketAddress OTHER = new InetSocketAddress("198.18.0.3", 31080);

    @Test
    @DisplayName("are tried from the next address on at each look-up, so that replicas share the load")
    void rotates() throws Exception {
        InetSocketAddress third = new InetSocketAddress("198.18.0.4", 31080);
        Hosts hosts = new Hosts((host, port) -> Optional.of(List.of(ONE, OTHER, third)));

        assertThat(hosts.resolve("user-api", 80)).containsExactly(ONE, OTHER, third);
        assertThat(hosts.resolve("user-api", 80)).containsExactly(OTHER, third, ONE);
        assertThat(hosts.resolve("user-api", 80)).containsExactly(third, ONE, OTHER);
        assertThat(hosts.resolve("user-api", 80)).containsExactly(ONE, OTHER, third);
    }

    @Test
    @DisplayName("are unknown without an address, and left to the system where the cluster does not know them")
    void withoutAddresses() throws Exception {
        Hosts hosts = new Hosts((host, port) -> host.equals("headless") ? Optional.of(List.of()) : Optional.empty());

        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> hosts.resolve("headless", 80));
        assertThat(hosts.resolveCanonicalHostname("user-api")).isEqualTo("user-api");
        assertThat(hosts.resolve("127.0.0.1", 80))
                .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
    }
}
