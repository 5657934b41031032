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

@DisplayName("A reordering")
class NetworkReorderTests {
    private static final FaultKinds KINDS = new FaultKinds(List.of());

    @Test
    @DisplayName("is read from its elements, and told to the helper in millionths and microseconds")
    void read() {
        Fault fault = read("25%", "50", "5");
        assertThat(fault.describe())
                .isEqualTo("reordering, 25% of packets, correlation 50% at once, gap 5, the others after 5ms,"
                        + " both app=b port 80 TCP, probes spared, 1s, on app=a (all)");
        assertThat(fault.words(new Place(Optional.empty())))
                .isEqualTo(Words.kind(fault)
                        .with("probability_ppm", 250_000L)
                        .with("correlation", "50")
                        .with("gap", 5)
                        .with("latency_us", 5_000L)
                        .with("jitter_us", 0L));
        assertThat(fault.share()).contains(new Share(new Percent(0.25), 3));
        assertThat(fault.unit()).isEqualTo(Unit.PACKET);
    }

    @Test
    @DisplayName("is refused where none would be held, and with a gap out of range")
    void refused() {
        assertThatThrownBy(() -> read("100%", "0", "1")).hasMessageContaining("reorder must be below 100%");
        assertThat(read("100%", "0", "2")).isNotNull();
        assertThatThrownBy(() -> read("1%", "0", "0")).hasMessageContaining("gap must be 1 to 100000, but is 0");
        assertThatThrownBy(() -> read("1%", "0", "100001")).hasMessageContaining("gap must be 1 to 100000");
        assertThat(read("1%", "0", "100000")).isNotNull();
    }

    @Test
    @DisplayName("says no gap where every packet may go at once")
    void withoutGap() {
        Fault fault = read("25%", "0", "1");
        assertThat(fault.describe()).startsWith("reordering, 25% of packets at once, the others after 5ms, both");
        assertThat(fault.latency()).contains(new Latency(Duration.ofMillis(5)));
        assertThat(fault.minTouched()).isEqualTo(Percent.NONE);
        assertThat(read("1%", "0", "2").describe()).contains("at once, gap 2, the others");
        assertThat(read("99.9999%", "0", "1").share()).contains(new Share(new Percent(0.999999)));
    }

    @Test
    @DisplayName("that had no room for what it holds has dropped packets, which nobody asked for")
    void full() {
        Fault fault = read("25%", "0", "1");
        Duration second = Duration.ofSeconds(1);
        assertThat(fault.sideEffect(new Told(Map.of("full", "0", "hit", "9")), "a-0", second))
                .isEmpty();
        assertThat(fault.sideEffect(new Told(Map.of("full", "3", "hit", "9")), "a-0", second))
                .hasValueSatisfying(
                        effect -> assertThat(effect.sentence()).startsWith("The queue of a-0 was full: 3 packets"));
    }

    @Test
    @DisplayName("cannot hold packets that a delay holds")
    void clashes() {
        Fault delay = new NetworkDelay.Kind().read(new Texts(FaultKindsTests.delayed()));
        Fault fault = read("25%", "0", "1");
        assertThat(fault.clash(fault)).isPresent();
        assertThat(fault.clash(delay)).isPresent();
        assertThat(delay.clash(fault)).isPresent();
    }

    @Test
    @DisplayName("tells how many packets overtook others")
    void detail() {
        Told told = new Told(Map.of(
                "overtook",
                "7",
                "captured",
                "20",
                "sent",
                "19",
                "full",
                "1",
                "skipped",
                "2",
                "expired",
                "3",
                "send_errors",
                "0",
                "rt",
                "yes"));
        assertThat(read("25%", "0", "1").detail(told)).startsWith("overtook others 7, captured 20, sent 19,");
    }

    private static Fault read(String reorder, String correlation, String gap) {
        Map<String, List<String>> all = new HashMap<>(FaultKindsTests.ELEMENTS);
        all.putAll(Map.of(
                "reorder",
                List.of(reorder),
                "correlation",
                List.of(correlation),
                "gap",
                List.of(gap),
                "queue",
                List.of("")));
        return KINDS.read(new NetworkReorder.Kind(), new Texts(all));
    }
}
