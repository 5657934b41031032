// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Duplicates and damage of packets")
class NetworkCorruptTests {
    private static final FaultKinds KINDS = new FaultKinds(List.of());

    @Test
    @DisplayName("have a share and a correlation, and damage is caught or not")
    void read() {
        Fault duplicates = read(new NetworkDuplicate.Kind(), Map.of("duplicate", "5%"));
        assertThat(duplicates.describe())
                .isEqualTo("duplicates of 5% of packets, correlation 25%, both app=b port 80 TCP, probes spared, 1s, on"
                        + " app=a (all)");
        assertThat(words(duplicates)).isEqualTo("{kind=networkduplicate, probability_ppm=50000, correlation=25}");
        Fault damage = read(new NetworkCorrupt.Kind(), Map.of("corrupt", "1%", "action", "DELIVERED"));
        assertThat(damage.describe()).startsWith("corruption of 1% of packets, correlation 25%, DELIVERED, both app=b");
        assertThat(words(damage))
                .isEqualTo("{kind=networkcorrupt, action=delivered, probability_ppm=10000, correlation=25}");
        assertThat(damage.share()).isEqualTo(duplicates(1).share());
    }

    private static Fault duplicates(int percent) {
        return read(new NetworkDuplicate.Kind(), Map.of("duplicate", percent + "%"));
    }

    @Test
    @DisplayName("are refused without a share, and where they are on the same packets")
    void refused() {
        assertThatThrownBy(() -> duplicates(0)).hasMessageStartingWith("duplicate: a share of packets must be 0.0001%");
        assertThatThrownBy(() -> read(new NetworkCorrupt.Kind(), Map.of("corrupt", "0%", "action", "DETECTED")))
                .hasMessageStartingWith("corrupt: a share of packets must be 0.0001% to 100%");
        assertThat(duplicates(1).clash(duplicates(2))).isPresent();
        Fault damage = read(new NetworkCorrupt.Kind(), Map.of("corrupt", "1%", "action", "DETECTED"));
        assertThat(damage.clash(damage)).isPresent();
        assertThat(damage.clash(duplicates(1))).isEmpty();
        assertThat(duplicates(1).clash(damage)).isEmpty();
    }

    @Test
    @DisplayName("say what was let by, and what could not be done")
    void detail() {
        Fault damage = read(new NetworkCorrupt.Kind(), Map.of("corrupt", "1%", "action", "DELIVERED"));

        assertThat(damage.detail(new Told(Map.of("without_payload", "7", "failed", "0"))))
                .isEqualTo("let by without payload 7");
        assertThat(damage.detail(new Told(Map.of("without_payload", "7", "failed", "2"))))
                .endsWith(", could not be changed 2");
    }

    private static String words(Fault fault) {
        return fault.words(new Place(Optional.empty())).values().toString();
    }

    private static Fault read(FaultKind kind, Map<String, String> elements) {
        Map<String, List<String>> all = new HashMap<>(FaultKindsTests.ELEMENTS);
        all.keySet().removeAll(List.of("latency", "jitter"));
        elements.forEach((element, text) -> all.put(element, List.of(text)));
        return KINDS.read(kind, new Texts(all));
    }
}
