// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who waits")
class WaitingTests {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("says again and again what for, in the words of the moment, and how long it has been; then no more")
    void says() {
        Waiting waiting = new Waiting("build", Duration.ofMillis(5), lines::add);
        AtomicInteger percent = new AtomicInteger();

        int result = waiting.during(() -> "pulls: " + percent.addAndGet(10) + " %", () -> {
            await().until(() -> lines.size() >= 3);
            return 42;
        });

        assertThat(result).isEqualTo(42);
        assertThat(lines).allMatch(line -> line.matches("\\[build] pulls: \\d+0 %, \\d+n?s"));
        assertThat(lines)
                .extracting(line -> line.replaceFirst(",.*", ""))
                .startsWith("[build] pulls: 10 %", "[build] pulls: 20 %");
        int said = lines.size();
        await().during(Duration.ofMillis(50)).until(() -> lines.size() <= said + 1);
    }

    @Test
    @DisplayName("says nothing of what is quick, and lets through what it throws")
    void quick() {
        Waiting waiting = new Waiting("build", Duration.ofHours(1), lines::add);

        assertThatIllegalStateException()
                .isThrownBy(() -> waiting.during(() -> "waits", () -> {
                    throw new IllegalStateException("broken");
                }))
                .withMessage("broken");
        assertThat(lines).isEmpty();
    }
}
