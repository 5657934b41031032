// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.result.Spinning;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the helper says of goroutines that it held")
class HeldGoroutinesTests {
    @Test
    @DisplayName("has what spinning took from the process, in milliseconds, and how long others waited at p99")
    void spinning() {
        Reply stats = new Reply(
                Map.of("processors", "2", "none_left_us", "1500", "sched_hist", "4:90,8:9,30000:1", "unfit", "0"));

        assertThat(HeldGoroutines.spinning(stats, Duration.ofSeconds(5))).isEqualTo(new Spinning(2, 1.5, 5000, 0.008));
    }

    @Test
    @DisplayName("counts the hundredth of those that waited longest as beyond p99")
    void tail() {
        Reply stats = new Reply(Map.of("processors", "2", "none_left_us", "0", "sched_hist", "4:98,30000:2"));

        assertThat(HeldGoroutines.spinning(stats, Duration.ofSeconds(5))).isEqualTo(new Spinning(2, 0, 5000, 30));
    }

    @Test
    @DisplayName("has nothing of the kind where threads were not held")
    void notSpinning() {
        assertThat(HeldGoroutines.spinning(new Reply(Map.of("sched_hist", "4:98")), Duration.ofSeconds(5)))
                .isNull();
    }
}
