// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The last words of a process")
class LastWordsTests {
    private final LastWords words = new LastWords();

    @Test
    @DisplayName("are its last lines where it did not crash")
    void last() {
        print(100);
        assertThat(words.of(0)).hasSize(10).startsWith("line 90").endsWith("line 99");
    }

    @Test
    @DisplayName("are the begin of its crash, however many stacks come after that")
    void crash() {
        print(5);
        words.append("unexpected fault address 0x0");
        words.append("fatal error: fault");
        print(5000);
        assertThat(words.of(2))
                .startsWith("unexpected fault address 0x0", "fatal error: fault", "line 0")
                .endsWith("line 11", "… and 4988 more lines")
                .hasSize(15);
    }

    @Test
    @DisplayName("are those of its last crash: it may have printed and survived one before")
    void lastCrash() {
        words.append("panic: printed by a recover");
        print(20);
        words.append("panic: the real one");
        assertThat(words.of(2)).containsExactly("panic: the real one");
    }

    @Test
    @DisplayName("are no old crash where it ended otherwise")
    void otherwise() {
        words.append("panic: printed by a recover");
        print(12);
        assertThat(words.of(137)).startsWith("line 2").hasSize(10);
    }

    @Test
    @DisplayName("are not what a server logs of a panic it has recovered from")
    void recovered() {
        words.append("2026/11/27 05:00:00 http: panic serving 198.18.0.1:4711: oh");
        print(3);
        assertThat(words.of(2)).hasSize(4);
    }

    @Test
    @DisplayName("tell most in the line that says why, or else in the very last")
    void mostTelling() {
        assertThat(LastWords.mostTelling(List.of("a", "panic: b", "c"))).hasValue("panic: b");
        assertThat(LastWords.mostTelling(List.of("a", "b"))).hasValue("b");
        assertThat(LastWords.mostTelling(List.of())).isEmpty();
    }

    private void print(int lines) {
        IntStream.range(0, lines).forEach(i -> words.append("line " + i));
    }
}
