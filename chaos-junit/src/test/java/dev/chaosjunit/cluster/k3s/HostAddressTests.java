// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("published ports, seen from inside a container,")
class HostAddressTests {

    @Test
    @DisplayName("are at the gateway of the bridge")
    void named() throws IOException {
        assertThat(gateway("[{\"Subnet\": \"172.17.0.0/16\", \"Gateway\": \"172.17.0.9\"}]"))
                .contains("172.17.0.9");
    }

    @Test
    @DisplayName("are at the first address of its subnet where an engine that is new names no gateway")
    void fresh() throws IOException {
        assertThat(gateway("[{\"Subnet\": \"172.17.0.0/16\"}]")).contains("172.17.0.1");
    }

    @Test
    @DisplayName("are not known by a bridge that has neither, or IPv6 alone")
    void unknown() throws IOException {
        assertThat(gateway("[]")).isEmpty();
        assertThat(gateway("null")).isEmpty();
        assertThat(gateway("[{\"Subnet\": \"fd00::/64\"}]")).isEmpty();
    }

    @Test
    @DisplayName("send from the loopback address what goes to this machine")
    void towards() {
        assertThat(HostAddress.towards("127.0.0.1")).isEqualTo("127.0.0.1");
    }

    private static Optional<String> gateway(String config) throws IOException {
        return HostAddress.gateway(
                new ObjectMapper().readValue("{\"IPAM\": {\"Config\": " + config + "}}", Network.class));
    }
}
