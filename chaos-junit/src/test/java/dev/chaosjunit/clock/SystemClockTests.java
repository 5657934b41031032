// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A timer")
@Timeout(20)
class SystemClockTests {
    private final Timer timer = Clock.SYSTEM.timer("test");

    @Test
    @DisplayName("interrupts its task when it is closed, and is waited for until that has ended")
    void awaitEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        timer.after(Duration.ZERO, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.set(isLate());
            }
        });
        begun.await();

        timer.close();
        timer.awaitEnd(Duration.ofSeconds(10));

        assertThat(ended).isTrue();
    }

    private static boolean isLate() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    @Test
    @DisplayName("is waited for no longer than asked")
    void bounded() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        timer.after(Duration.ZERO, () -> {
            begun.countDown();
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
            ended.set(true);
        });
        begun.await();
        timer.close();
        timer.awaitEnd(Duration.ofMillis(10));

        assertThat(ended).isFalse();
        release.countDown();
    }

    @Test
    @DisplayName("takes no task once it is closed")
    void closed() {
        timer.close();

        assertThatThrownBy(() -> timer.after(Duration.ZERO, () -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
