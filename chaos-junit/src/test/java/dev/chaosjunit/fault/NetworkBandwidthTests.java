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
        assertThat(read("12800kbit", "", ""))
                .as("1600 bytes a millisecond")
                .isEqualTo(read("12800kbit", "1600B", "320000B"));
        assertThat(read("100gbit", "", "")).as("2.5 GB in 200 ms").isEqualTo(read("100gbit", "12500000B", "1GiB"));
    }

    @Test
    @DisplayName("is refused with a buffer or a limit out of range")
    void refused() {
        assertThatThrownBy(() -> read("1mbit", "1599B", ""))
                .hasMessageContaining("buffer must be 1600B to 1GiB, but is 1599B");
        assertThatThrownBy(() -> read("1mbit", "1025MiB", "")).hasMessageContaining("buffer must be 1600B to 1GiB");
        assertThatThrownBy(() -> read("1mbit", "", "1599B")).hasMessageContaining("limit must be 1600B to 1GiB");
        assertThatThrownBy(() -> read("1mbit", "", "1025MiB")).hasMessageContaining("limit must be 1600B to 1GiB");
        assertThatThrownBy(() -> read("1mbps", "", "")).hasMessageContaining("two readings");
    }

    @Test
    @DisplayName("takes buffers and limits as small and as large as that")
    void limits() {
        assertThat(read("1mbit", "1600B", "1600B")
                        .words(new Place(Optional.empty()))
                        .values())
                .containsEntry("buffer", "1600")
                .containsEntry("limit", "1600");
        assertThat(read("1mbit", "1GiB", "1GiB")
                        .words(new Place(Optional.empty()))
                        .values())
                .containsEntry("buffer", "1073741824")
                .containsEntry("limit", "1073741824");
    }

    @Test
    @DisplayName("drops what has no room, as a slow link does, which is no side effect, and asks for no latency")
    void drops() {
        Fault fault = read("1mbit", "", "");
        assertThat(fault.sideEffect(new Told(Map.of("full", "9", "hit", "9")), "a-0", Duration.ofSeconds(1)))
                .isEmpty();
        assertThat(fault.latency()).isEmpty();
        assertThat(fault.scope()).isEqualTo(Scope.NETWORK);
        assertThat(fault.traffic().orElseThrow().port()).isEqualTo(PortRange.parse("80"));
    }

    @Test
    @DisplayName("tells what became of packets")
    void detail() {
        Map<String, String> told = Map.of(
                "captured",
                "20",
                "sent",
                "17",
                "full",
                "3",
                "skipped",
                "2",
                "expired",
                "5",
                "send_errors",
                "1",
                "rt",
                "no");
        assertThat(read("1mbit", "", "").detail(new Told(told)))
                .isEqualTo("captured 20, sent 17, refused by a full queue 3, passed undelayed 7, send errors 1,"
                        + " real-time thread no");
    }

    @Test
    @DisplayName("may be asked to touch a share of the requests")
    void minTouched() {
        assertThat(read("1mbit", "", "").minTouched()).isEqualTo(Percent.NONE);
        Map<String, List<String>> asked = elements("1mbit", "", "");
        asked.put("minTouched", List.of("5%"));
        assertThat(KINDS.read(new NetworkBandwidth.Kind(), new Texts(asked)).minTouched())
                .isEqualTo(new Percent(0.05));
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
        return KINDS.read(new NetworkBandwidth.Kind(), new Texts(elements(rate, buffer, limit)));
    }

    private static Map<String, List<String>> elements(String rate, String buffer, String limit) {
        Map<String, List<String>> all = new HashMap<>(FaultKindsTests.ELEMENTS);
        all.keySet().removeAll(List.of("latency", "jitter", "correlation"));
        all.putAll(Map.of("rate", List.of(rate), "buffer", List.of(buffer), "limit", List.of(limit)));
        return all;
    }
}
