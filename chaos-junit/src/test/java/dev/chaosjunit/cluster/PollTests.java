// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
@DisplayName("What is looked at again and again")
class PollTests {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    @DisplayName("is seen at once where it is as wanted")
    void atOnce() throws InterruptedException {
        assertThat(Poll.every(LONG).within(LONG).until(seen -> seen == 1, looks::incrementAndGet))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("is looked at in the caller's thread, once an interval, until it is as wanted")
    void atLast() throws InterruptedException {
        long start = System.nanoTime();
        Thread caller = Thread.currentThread();
        assertThat(Poll.every(Duration.ofMillis(20)).until(seen -> seen == 4, () -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    return looks.incrementAndGet();
                }))
                .isEqualTo(4);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    @DisplayName("is given back as it was seen last where the time is over")
    void late() throws InterruptedException {
        assertThat(Poll.every(Duration.ofMillis(10))
                        .within(Duration.ofMillis(100))
                        .until(seen -> false, looks::incrementAndGet))
                .isEqualTo(looks.get())
                .isBetween(2, 11);
    }

    @Test
    @DisplayName("is as wanted also where the look at it took longer than there was time")
    void slow() throws InterruptedException {
        assertThat(Poll.every(LONG).within(Duration.ofMillis(5)).until(seen -> seen, () -> {
                    sleep();
                    return true;
                }))
                .isTrue();
    }

    @RepeatedTest(20)
    @DisplayName("is looked at where there is no time at all")
    void noTime() throws InterruptedException {
        assertThat(Poll.every(LONG).within(Duration.ofSeconds(-1)).until(seen -> true, looks::incrementAndGet))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("can throw, which comes through as it is")
    void looksThrow() {
        IllegalStateException failure = new IllegalStateException("gone");
        assertThatThrownBy(() -> Poll.every(LONG).until(seen -> true, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    @DisplayName("is given up at an interrupt")
    void interrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> Poll.every(Duration.ofMillis(20)).until(seen -> false, looks::incrementAndGet));
        assertThat(looks).hasValue(1);
    }

    @Test
    @DisplayName("is given up at an interrupt with what was going on, and the thread stays interrupted")
    void interruptedMeanwhile() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> Poll.every(Duration.ofMillis(20))
                        .until("pods became ready", seen -> false, looks::incrementAndGet))
                .withMessage("interrupted while pods became ready")
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
