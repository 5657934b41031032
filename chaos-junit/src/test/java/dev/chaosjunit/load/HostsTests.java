// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The host table")
class HostsTests {

    @Test
    @DisplayName("starts each look-up at the next address, so that replicas share the load")
    void rotates() throws Exception {
        Hosts hosts = new Hosts(Map.of("user-api", List.of("198.18.0.2", "198.18.0.3")));

        assertThat(hosts.resolve("user-api"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("198.18.0.2", "198.18.0.3");
        assertThat(hosts.resolve("user-api"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("198.18.0.3", "198.18.0.2");
        assertThat(hosts.resolve("user-api")[0].getHostAddress()).isEqualTo("198.18.0.2");
    }

    @Test
    @DisplayName("knows a service without addresses to be unknown, and leaves IP addresses alone")
    void withoutAddresses() throws Exception {
        Hosts hosts = new Hosts(Map.of("headless", List.of()));

        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> hosts.resolve("headless"));
        assertThat(hosts.resolve("127.0.0.1")[0].getHostAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    @DisplayName("takes IP addresses only, and never asks a name server for one")
    void addressesOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hosts(Map.of("user-api", List.of("user-api.local"))))
                .withMessageContaining("user-api")
                .withMessageContaining("is no IP address");
    }
}
