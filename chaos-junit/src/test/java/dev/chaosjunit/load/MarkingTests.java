// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The mark of a request")
class MarkingTests {
    private static final Map<String, String> MARKED = Map.of("X-Chaos-ID", "t/fault");

    private final Marking marking = new Marking();

    @Test
    @DisplayName("is none unless there is one")
    void none() {
        assertThat(marking.at(-5)).isEmpty();
        assertThat(marking.at(5)).isEmpty();
    }

    @Test
    @DisplayName("is the one of the moment when it was due, though it is sent later")
    void due() {
        marking.set(MARKED, 100);
        assertThat(marking.at(99)).isEmpty();
        assertThat(marking.at(100)).isEqualTo(MARKED);

        marking.set(Map.of(), 200);
        assertThat(marking.at(199)).isEqualTo(MARKED);
        assertThat(marking.at(200)).isEmpty();
    }

    @Test
    @DisplayName("is not forgotten where its end is told twice")
    void twice() {
        marking.set(MARKED, 100);
        marking.set(Map.of(), 200);
        marking.set(Map.of(), 210);
        assertThat(marking.at(199)).isEqualTo(MARKED);
        assertThat(marking.at(205)).isEmpty();
    }

    @Test
    @DisplayName("is right where the clock counts from below zero, and over its end")
    void clock() {
        marking.set(MARKED, Long.MAX_VALUE - 5);
        marking.set(Map.of(), Long.MIN_VALUE + 5);
        assertThat(marking.at(Long.MAX_VALUE)).isEqualTo(MARKED);
        assertThat(marking.at(Long.MIN_VALUE + 6)).isEmpty();
    }
}
