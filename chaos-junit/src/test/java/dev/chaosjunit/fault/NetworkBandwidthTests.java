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

@DisplayName("A bandwidth")
class NetworkBandwidthTests {
    private static final FaultKinds KINDS = new FaultKinds(List.of());

    @Test
    @DisplayName("is read from its elements, and told to the helper in bits and bytes")
    void read() {
        Fault fault = read("1mbit", "10KiB", "64KiB");
        assertThat(fault.describe())
                .isEqualTo("bandwidth 1mbit, both app=b port 80 TCP, probes spared, 1s, on app=a (all)");
        assertThat(fault.words(new Place(Optional.empty())))
                .isEqualTo(Words.kind(fault)
                        .with("rate_bit", 1_000_000L)
                        .with("buffer", 10_240L)
                        .with("limit", 65_536L));
        assertThat(fault.unit()).isEqualTo(Unit.PACKET);
    }

    @Test
    @DisplayName("has a buffer of a millisecond and a limit of 200, or what some packets need")
    void defaults() {
        assertThat(read("1gbit", "", "")).isEqualTo(read("1gbit", "125000B", "25000000B"));
        assertThat(read("1kbit", "", "")).isEqualTo(read("1kbit", "1600B", "256KiB"));
    }

    @Test
    @DisplayName("is refused with a buffer or a limit out of range")
    void refused() {
        assertThatThrownBy(() -> read("1mbit", "1599B", "")).hasMessageContaining("buffer must be 1600B to 1GiB");
        assertThatThrownBy(() -> read("1mbit", "", "1025MiB")).hasMessageContaining("limit must be 1600B to 1GiB");
        assertThatThrownBy(() -> read("1mbps", "", "")).hasMessageContaining("two readings");
    }

    @Test
    @DisplayName("cannot hold packets that another bandwidth or a delay holds")
    void clashes() {
        Fault delay = new NetworkDelay.Kind().read(new Texts(FaultKindsTests.delayed()));
        Fault fault = read("1mbit", "", "");
        assertThat(fault.clash(fault)).isPresent();
        assertThat(fault.clash(delay)).isPresent();
        assertThat(delay.clash(fault)).isPresent();
    }

    private static Fault read(String rate, String buffer, String limit) {
        Map<String, List<String>> all = new HashMap<>(FaultKindsTests.ELEMENTS);
        all.keySet().removeAll(List.of("latency", "jitter", "correlation"));
        all.putAll(Map.of("rate", List.of(rate), "buffer", List.of(buffer), "limit", List.of(limit)));
        return KINDS.read(new NetworkBandwidth.Kind(), new Texts(all));
    }
}
