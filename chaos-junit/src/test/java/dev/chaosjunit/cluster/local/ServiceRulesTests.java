// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The packet rules of Services")
class ServiceRulesTests {

    @Test
    @DisplayName("replace what was there, deal connections out in turn and let pods reach themselves")
    void rules() {
        ServiceRules rules = new ServiceRules()
                .forward("198.18.0.128", Protocol.TCP, 80, List.of("198.18.0.2 . 8080", "198.18.0.3 . 8081"))
                .forward("198.18.0.128", Protocol.UDP, 80, List.of("198.18.0.2 . 53"))
                .hairpin(List.of("198.18.0.2"), "198.18.0.1");

        assertThat(rules).hasToString("""
                        flush chain ip chaos services
                        flush chain ip chaos hairpin
                        add rule ip chaos services ip daddr 198.18.0.128 tcp dport 80 \
                        dnat ip addr . port to numgen inc mod 2 map { 0 : 198.18.0.2 . 8080, 1 : 198.18.0.3 . 8081 }
                        add rule ip chaos services ip daddr 198.18.0.128 udp dport 80 \
                        dnat ip addr . port to numgen inc mod 1 map { 0 : 198.18.0.2 . 53 }
                        add rule ip chaos hairpin ip saddr . ip daddr { 198.18.0.2 . 198.18.0.2 } snat to 198.18.0.1
                        """);
    }

    @Test
    @DisplayName("have no rule for a Service without ready pods")
    void noTargets() {
        ServiceRules rules = new ServiceRules().forward("198.18.0.128", Protocol.TCP, 80, List.of());

        assertThat(rules).hasToString("flush chain ip chaos services\nflush chain ip chaos hairpin\n");
    }
}
