// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The near end of a remote process's input")
@Timeout(20)
class LineInputTests {
    private final LineInput input = new LineInput();
    private final OutputStream writer = input.writer();

    @Test
    @DisplayName("hands on what was written, in order, also from threads that have ended")
    void order() throws IOException, InterruptedException {
        for (String line : new String[] {"on f1\n", "", "off f1\n"}) {
            Thread thread = new Thread(() -> write(line));
            thread.start();
            thread.join();
        }
        writer.write('!');
        writer.close();

        assertThat(input.readAllBytes()).asString(UTF_8).isEqualTo("on f1\noff f1\n!");
    }

    @Test
    @DisplayName("hands on a line before the next is written, and a long one in parts")
    void parts() throws IOException {
        write("attach");
        byte[] four = new byte[4];

        assertThat(input.read(four, 0, 4)).isEqualTo(4);
        assertThat(four).asString(UTF_8).isEqualTo("atta");
        assertThat(input.read(four, 1, 3)).isEqualTo(2);
        assertThat(four).asString(UTF_8).isEqualTo("acha");
        assertThat(input.read(four, 0, 0)).isZero();
    }

    @Test
    @DisplayName("is not changed by what the writer does to its buffer afterwards")
    void copied() throws IOException {
        byte[] line = "hello\n".getBytes(UTF_8);
        writer.write(line);
        line[0] = 'j';
        writer.close();

        assertThat(input.readAllBytes()).asString(UTF_8).isEqualTo("hello\n");
    }

    @Test
    @DisplayName("ends when it is closed, for good")
    void ended() throws IOException {
        writer.close();

        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    @Test
    @DisplayName("ends for a reader that is interrupted")
    void interrupted() {
        Thread.currentThread().interrupt();

        assertThat(input.read()).isEqualTo(-1);
        assertThat(Thread.interrupted()).isTrue();
    }

    private void write(String text) {
        try {
            writer.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
