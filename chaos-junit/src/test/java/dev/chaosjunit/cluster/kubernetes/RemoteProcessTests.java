// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
@DisplayName("A process somewhere else")
class RemoteProcessTests {
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private final CountDownLatch disconnected = new CountDownLatch(1);
    private final Deque<OptionalInt> states = new ArrayDeque<>(List.of(OptionalInt.empty(), OptionalInt.of(3)));
    private final Process process = new Fake();

    @Test
    @DisplayName("has no exit code as long as there is a connection")
    void runs() {
        assertThatExceptionOfType(IllegalThreadStateException.class).isThrownBy(process::exitValue);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    @DisplayName("is waited for until it has ended, also after its connection has")
    void ends() throws InterruptedException {
        disconnected.countDown();
        assertThat(process.waitFor()).isEqualTo(3);
    }

    @Test
    @DisplayName("has an exit code that nobody knows where its connection ended alone")
    void unknown() {
        disconnected.countDown();
        assertThat(process.exitValue()).isEqualTo(-1);
    }

    @Test
    @DisplayName("is cut off when its input is closed")
    void input() throws IOException {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write("ping\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(input.toString(StandardCharsets.UTF_8)).isEqualTo("ping\n");
        assertThat(disconnected.getCount()).isZero();
    }

    /** Of a state a look. */
    private final class Fake extends RemoteProcess {
        Fake() {
            super(input, disconnected, Duration.ofMillis(5));
        }

        @Override
        protected OptionalInt ended() {
            return states.remove();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public void destroy() {
            disconnected.countDown();
        }
    }
}
