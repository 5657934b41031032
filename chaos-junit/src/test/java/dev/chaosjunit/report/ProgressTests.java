// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.clock.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProgressTests {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final FakeClock clock = new FakeClock();

    @Test
    @DisplayName("windows are counted while they last and summed up when they end")
    void windows() {
        Progress progress = new Progress("UserApiChaosIT.breaker", out, () -> "p99 12.3 ms  errors 0.0 %", clock);
        progress.window("baseline", Duration.ofSeconds(3));
        clock.pass(Duration.ofMillis(3004));
        progress.window("fault", Duration.ofMillis(12_500));
        progress.note("DnsChaos on user-api-0\n48 queries");
        clock.pass(Duration.ofMillis(1500));
        progress.close();
        progress.close();
        clock.pass(Duration.ofSeconds(9));

        assertThat(lines())
                .containsExactly(
                        "[UserApiChaosIT.breaker] baseline    1.0s of 3.0s    p99 12.3 ms  errors 0.0 %",
                        "[UserApiChaosIT.breaker] baseline    2.0s of 3.0s    p99 12.3 ms  errors 0.0 %",
                        "[UserApiChaosIT.breaker] baseline    3.0s of 3.0s    p99 12.3 ms  errors 0.0 %",
                        "[UserApiChaosIT.breaker] baseline  done after 3.0s   p99 12.3 ms  errors 0.0 %",
                        "[UserApiChaosIT.breaker] DnsChaos on user-api-0",
                        "[UserApiChaosIT.breaker] 48 queries",
                        "[UserApiChaosIT.breaker] fault       1.0s of 12.5s   p99 12.3 ms  errors 0.0 %",
                        "[UserApiChaosIT.breaker] fault     done after 1.5s   p99 12.3 ms  errors 0.0 %");
    }

    @Test
    @DisplayName("a window that lasts longer than planned says by how much")
    void over() {
        Progress progress = new Progress("T", out, () -> "p99 12.3 ms", clock);
        clock.pass(Duration.ofMillis(400));
        progress.window("recovery", Duration.ofSeconds(1));
        clock.pass(Duration.ofSeconds(2));

        assertThat(lines())
                .containsExactly(
                        "[T] recovery    0.6s of 1.0s    p99 12.3 ms", "[T] recovery    1.6s, 0.6s over  p99 12.3 ms");
    }

    @Test
    @DisplayName("figures that cannot be had do not end the progress")
    void survivesFailingSupplier() {
        Progress progress = new Progress(
                "T",
                out,
                () -> {
                    throw new IllegalStateException("no load yet");
                },
                clock);
        progress.window("baseline", Duration.ofSeconds(5));
        clock.pass(Duration.ofMillis(1500));
        progress.close();

        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("no live figures: java.lang.IllegalState"));
    }

    @Test
    @DisplayName("nothing is printed before the first window")
    void silentAtFirst() {
        Progress progress = new Progress("T", out, () -> "", clock);
        clock.pass(Duration.ofSeconds(3));
        progress.close();

        assertThat(lines()).isEmpty();
    }

    @Test
    @DisplayName("a running one ticks by itself, and no more once it is closed")
    void ticks() {
        try (Progress progress = new Progress("T", out, () -> "")) {
            progress.window("fault", Duration.ofSeconds(60));
            await().atMost(Duration.ofSeconds(20)).until(() -> lines().size() >= 2);
        }
        assertThat(lines()).last().asString().startsWith("[T] fault     done after ");
    }

    @Test
    @DisplayName("experiments in parallel share a stream by whole lines")
    void wholeLines() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (String title : List.of("A", "B", "C", "D")) {
            threads.add(new Thread(() -> {
                try (Progress progress = new Progress(title, out, () -> title.repeat(40))) {
                    for (int i = 0; i < 500; i++) {
                        progress.note(title.repeat(40));
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(lines()).hasSize(2000).allMatch(line -> line.matches("\\[([A-D])] \\1{40}"));
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
