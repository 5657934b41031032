// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A container whose log ended")
class EndedLogsTests {
    private final EndedLogs logs = new EndedLogs();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    @DisplayName("is waited for until its pod's status says that it ended, too")
    void told() {
        logs.add("a");
        logs.await(() -> asked.incrementAndGet() < 3 ? Set.of("a", "b") : Set.of("b"));
        assertThat(asked).hasValue(3);
    }

    @Test
    @DisplayName("is waited for once only, and others are not")
    void once() {
        logs.add("a");
        long start = System.nanoTime();
        logs.await(() -> Set.of("a"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
        logs.await(() -> {
            asked.incrementAndGet();
            return Set.of("a");
        });
        assertThat(asked).hasValue(1);
    }
}
