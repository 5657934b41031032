// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A node")
class LeftoversTests {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @Test
    @DisplayName("belongs to somebody as long as an agent runs in it")
    void kept() {
        assertThat(Leftovers.hasAgent(new String[][] {
                    {"root", "1", "k3s server"},
                    {"root", "2", "/chaos-agent --silence 30"}
                }))
                .isTrue();
        assertThat(Leftovers.hasAgent(new String[][] {{"root", "1", "k3s server"}}))
                .isFalse();
        assertThat(Leftovers.hasAgent(new String[0][])).isFalse();
    }

    @Test
    @DisplayName("belongs to nobody when only its keeper is left, which outlives the JVM")
    void keeper() {
        assertThat(Leftovers.hasAgent(new String[][] {
                    {"root", "1", "k3s server"},
                    {"root", "2", NodeListeners.KEEPER + " keep /run/chaos-junit"}
                }))
                .isFalse();
    }

    @Test
    @DisplayName("without an agent is given time to get one")
    void young() {
        assertThat(Leftovers.isYoung(NOW.getEpochSecond() - 19, NOW)).isTrue();
        assertThat(Leftovers.isYoung(NOW.getEpochSecond() - 21, NOW)).isFalse();
    }
}
