// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.local.probe.Answer;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.Probe.TcpSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A probe that is asked again and again")
class ProbeLoopTests {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    @DisplayName("has started once it is good, however often it was bad within a period")
    void starts() throws InterruptedException {
        assertThat(loop("bbbbbg", NEVER, 2).hasStarted(System.nanoTime())).isTrue();
        assertThat(asked).hasValue(6);
    }

    @Test
    @DisplayName("has not started when it was bad in so many periods")
    void doesNotStart() throws InterruptedException {
        ProbeLoop loop = loop("bbbg", AT_ONCE, 3);
        assertThat(loop.hasStarted(System.nanoTime())).isFalse();
        assertThat(asked).hasValue(3);
        assertThat(loop.lastAnswer()).isEqualTo("answer 3");
    }

    @Test
    @DisplayName("is not bad before that counts")
    void early() throws InterruptedException {
        assertThat(loop("bbbg", AT_ONCE, 1).hasStarted(System.nanoTime() + NEVER.toNanos()))
                .isTrue();
        assertThat(asked).hasValue(4);
    }

    @Test
    @DisplayName("is over after so many of the same answers in a row")
    void row() throws InterruptedException {
        loop("bbgbbb", AT_ONCE, 3).await(false, 3);
        assertThat(asked).hasValue(6);
        asked.set(0);
        loop("gbgg", AT_ONCE, 3).awaitStart(2);
        assertThat(asked).hasValue(4);
    }

    @Test
    @DisplayName("does not count what could not be asked")
    void notAsked() throws InterruptedException {
        loop("b?b?b", AT_ONCE, 3).await(false, 3);
        assertThat(asked).hasValue(5);
        asked.set(0);
        assertThat(loop("?b?g", AT_ONCE, 2).hasStarted(System.nanoTime())).isTrue();
    }

    @Test
    @DisplayName("is asked no more when the container ended")
    void ended() {
        ProbeLoop loop = new ProbeLoop(() -> false, probe(AT_ONCE, 1), (connect, all) -> {
            throw new IllegalStateException("asked");
        });
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> loop.await(true, 1));
        assertThat(loop.lastAnswer()).isEqualTo("not asked yet");
    }

    /** One that answers good or bad, or cannot be asked, by the letters. */
    private ProbeLoop loop(String answers, Duration period, int failureThreshold) {
        return new ProbeLoop(() -> true, probe(period, failureThreshold), (connect, all) -> {
            int number = asked.getAndIncrement();
            char answer = answers.charAt(number);
            return new Answer(answer == 'g', answer != '?', "answer " + (number + 1));
        });
    }

    private static Probe probe(Duration period, int failureThreshold) {
        return new Probe(new TcpSocket(1), Duration.ZERO, period, Duration.ofSeconds(1), 1, failureThreshold);
    }
}
