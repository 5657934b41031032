// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fault of io_uring is read")
class IoUringReadingTests {
    private static final Map<String, String> ELEMENTS = new HashMap<>(Map.of(
            "selector", "app=a",
            "namespaces", "",
            "mode", "ALL",
            "value", "",
            "duration", "1s",
            "operation", "READ",
            "probability", "100%",
            "after", "0",
            "count", "0",
            "minTouched", "0%"));

    @Test
    @DisplayName("with an errno alone, with an errno that is late, and with a delay")
    void actions() {
        assertThat(read("ERROR", "EIO", "0ms", "0ms").latency()).isEmpty();
        assertThat(read("ERROR", "EIO", "5ms", "0ms").latency()).contains(new Latency(Duration.ofMillis(5)));
        assertThat(read("DELAY", "", "5ms", "1ms").latency())
                .contains(new Latency(Duration.ofMillis(5), Duration.ofMillis(1)));
        assertThat(read("DROP", "", "0ms", "0ms").latency()).isEmpty();
    }

    @Test
    @DisplayName("and refused where a delay has no length, or a jitter stands by itself")
    void refused() {
        assertThatThrownBy(() -> read("DELAY", "", "0ms", "0ms")).hasMessageContaining("latency must be 1us to 60s");
        assertThatThrownBy(() -> read("DROP", "", "0ms", "1ms")).hasMessageContaining("latency must be 1us to 60s");
        assertThatThrownBy(() -> read("ERROR", "", "0ms", "0ms")).hasMessageContaining("errno goes with action ERROR");
    }

    private static Fault read(String action, String errno, String latency, String jitter) {
        Map<String, List<String>> texts = new HashMap<>();
        ELEMENTS.forEach((element, text) -> texts.put(element, List.of(text)));
        texts.put("action", List.of(action));
        texts.put("errno", List.of(errno));
        texts.put("latency", List.of(latency));
        texts.put("jitter", List.of(jitter));
        return new IoUringFault.Kind().read(new Texts(texts));
    }
}
