// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fault on names is read")
class DnsReadingTests {
    private static final Map<String, List<String>> ELEMENTS = Map.of(
            "selector", List.of("app=a"),
            "namespaces", List.of(),
            "mode", List.of("ALL"),
            "value", List.of(""),
            "duration", List.of("1s"),
            "patterns", List.of("auth", "*.b"),
            "escape", List.of("INCONCLUSIVE"),
            "minTouched", List.of(""));

    @Test
    @DisplayName("with a latency where queries are to be late, which everybody is told")
    void late() {
        Fault late = read(Map.of("action", "DELAY", "latency", "100ms", "jitter", "20ms"));

        assertThat(late.latency()).contains(new Latency(Duration.ofMillis(100), Duration.ofMillis(20)));
        assertThat(late.describe()).isEqualTo("DNS DELAY 100ms ± 20ms for auth, *.b, 1s, on app=a (all)");
        assertThat(late.words(new Place(Optional.empty())).values())
                .containsEntry("action", "delay")
                .containsEntry("latency_us", "100000")
                .containsEntry("jitter_us", "20000");
        assertThat(read(Map.of("action", "DELAY", "latency", "1ms")).latency())
                .contains(new Latency(Duration.ofMillis(1)));
        assertThat(read(Map.of()).latency()).isEmpty();
    }

    @Test
    @DisplayName("and refused where a latency, or a jitter by itself, would do nothing, or is missing")
    void lateWithout() {
        assertThatThrownBy(() -> read(Map.of("latency", "5ms")))
                .hasMessage(": latency and jitter go with action DELAY only, not with NXDOMAIN");
        assertThatThrownBy(() -> read(Map.of("jitter", "5ms"))).hasMessageContaining("latency must be 1us to 60s");
        assertThatThrownBy(() -> read(Map.of("action", "DELAY", "jitter", "5ms")))
                .hasMessageContaining("latency must be 1us to 60s");
        assertThatThrownBy(() -> read(Map.of("action", "DELAY")))
                .hasMessage(": action DELAY needs a latency, 1us to 60s");
    }

    @Test
    @DisplayName("with a share of the queries, types of them, and whether older connections are closed")
    void confined() {
        Fault fault = read(Map.of("probability", "25%", "types", "AAAA", "reconnect", "true", "minTouched", "5%"));

        assertThat(fault.describe())
                .isEqualTo("DNS NXDOMAIN for auth, *.b (AAAA), 25% of the queries, older connections closed, 1s, on"
                        + " app=a (all)");
        assertThat(fault.share()).contains(new Share(new Percent(0.25)));
        assertThat(fault.minTouched()).isEqualTo(new Percent(0.05));
        assertThat(fault.words(new Place(Optional.empty())).values())
                .containsEntry("types", "AAAA")
                .containsEntry("probability_ppm", "250000")
                .containsEntry("reconnect", "1");
        assertThat(read(Map.of()).words(new Place(Optional.empty())).values())
                .doesNotContainKeys("types", "probability_ppm", "reconnect", "ip", "latency_us");
    }

    private static Fault read(Map<String, String> others) {
        Map<String, List<String>> texts = new HashMap<>(ELEMENTS);
        texts.put("action", List.of("NXDOMAIN"));
        texts.put("latency", List.of("0ms"));
        texts.put("jitter", List.of("0ms"));
        texts.put("ip", List.of());
        texts.put("types", List.of());
        texts.put("probability", List.of("100%"));
        texts.put("reconnect", List.of("false"));
        others.forEach((element, text) -> texts.put(element, List.of(text)));
        return new FaultKinds(List.of()).read(new DnsChaos.Kind(), new Texts(texts));
    }
}
