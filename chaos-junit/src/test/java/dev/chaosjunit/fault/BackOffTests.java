// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A container that ends is started again")
class BackOffTests {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final BackOff backOff = new BackOff();

    @Test
    @DisplayName("at once, then after 10 s, twice that each time, and 5 min at most")
    void doubles() {
        assertThat(Stream.generate(() -> backOff.afterRunning(SHORT)).limit(9).map(Duration::toSeconds))
                .containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    @DisplayName("at once after it ran for more than 10 min, and 10 s after its next end")
    void forgets() {
        backOff.afterRunning(SHORT);
        backOff.afterRunning(SHORT);
        assertThat(backOff.afterRunning(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(20));
        assertThat(backOff.afterRunning(Duration.ofMinutes(10).plusNanos(1))).isZero();
        assertThat(backOff.afterRunning(SHORT)).isEqualTo(Duration.ofSeconds(10));
    }
}
