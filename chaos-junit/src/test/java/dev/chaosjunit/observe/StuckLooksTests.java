// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Goroutines in a send or a lock")
class StuckLooksTests {
    private static final Duration APART = Duration.ofSeconds(5);

    private final Baseline baseline = Baseline.of(
            List.of(Dumps.dump(
                    Dumps.goroutine(1, "chan receive", "main.pool"),
                    Dumps.goroutine(2, "chan receive", "main.pool"),
                    Dumps.goroutine(3, "chan send", "main.generate"))),
            OptionalInt.empty());
    private final StuckLooks looks = new StuckLooks(baseline);

    @Test
    @DisplayName("hang where they are the same at two looks, though the pool they are of is as large as it was")
    void oldPool() {
        for (int second = 5; second <= 10; second++) {
            look(second, Dumps.goroutine(1, "chan send", "main.pool"), Dumps.goroutine(2, "chan receive", "main.pool"));
        }

        assertThat(looks.any()).isTrue();
        assertThat(looks.hung(APART)).containsExactly(1L);
    }

    @Test
    @DisplayName("are healthy where they were so before the fault")
    void before() {
        look(5, Dumps.goroutine(3, "chan send", "main.generate"));
        look(10, Dumps.goroutine(3, "chan send", "main.generate"));

        assertThat(looks.any()).isFalse();
        assertThat(looks.hung(APART)).isEmpty();
    }

    @Test
    @DisplayName("are drained where they get fewer, though those that are left are the same")
    void draining() {
        for (int second = 5; second <= 20; second++) {
            look(second, senders(50 - second));
            assertThat(looks.hung(APART)).isEmpty();
        }
        assertThat(looks.any()).isTrue();
    }

    @Test
    @DisplayName("hang where they get fewer no more")
    void remnant() {
        for (int second = 5; second <= 20; second++) {
            look(second, senders(Math.max(2, 12 - second)));
        }

        assertThat(looks.hung(APART)).containsExactlyInAnyOrder(100L, 101L);
    }

    @Test
    @DisplayName("that came late are not told apart until they are seen once more")
    void late() {
        look(5);
        look(9, senders(3));
        assertThat(looks.hung(APART)).isEmpty();
        assertThat(looks.any()).isTrue();

        look(14, senders(3));
        assertThat(looks.hung(APART)).hasSize(3);
    }

    @Test
    @DisplayName("are others where one waits elsewhere than before")
    void elsewhere() {
        look(5, Dumps.goroutine(9, "chan send", "main.work"));
        look(10, Dumps.goroutine(9, "sync.Mutex.Lock", "main.work"));

        assertThat(looks.hung(APART)).isEmpty();
    }

    private static Goroutine[] senders(int count) {
        return LongStream.range(100, 100 + count)
                .mapToObj(id -> Dumps.goroutine(id, "chan send", "main.report"))
                .toArray(Goroutine[]::new);
    }

    private void look(int second, Goroutine... goroutines) {
        looks.add(second * 1_000, Dumps.dump(goroutines));
    }
}
