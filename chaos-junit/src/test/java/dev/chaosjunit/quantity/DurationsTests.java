// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Durations")
class DurationsTests {

    @ParameterizedTest(name = "{0} is {1} ns")
    @CsvSource({
        "0s, 0",
        "1ns, 1",
        "26us, 26000",
        "26µs, 26000",
        "500ms, 500000000",
        "0.5s, 500000000",
        "1.000000001s, 1000000001",
        "2m, 120000000000",
        "1h, 3600000000000",
        "007ms, 7000000",
    })
    @DisplayName("are read in every unit, exactly")
    void areReadInEveryUnitExactly(String text, long nanos) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "", " ", "-5", "-5ms", "500", "1e3ms", " 5s", "5s ", "5 s", "+5s", ".5s", "5.s", "1h30m", "5S", "5d",
                "ms", "٣s"
            })
    @DisplayName("in another form are refused, quoting the text and showing a legal one")
    void inAnotherFormAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("\"500ms\"");
    }

    @Test
    @DisplayName("beyond what nanoseconds can hold are refused")
    void tooLongAreRefused() {
        assertThat(Durations.parse("9223372036854775807ns")).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("9223372036854775808ns"))
                .withMessageContaining("too long");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("99999999999999999999999h"))
                .withMessageContaining("too long");
    }

    @ParameterizedTest(name = "{0} ns is {1}")
    @CsvSource({
        "0, 0ns",
        "999, 999ns",
        "1000, 1us",
        "999999, 999.999us",
        "1000000, 1ms",
        "1000000000, 1s",
        "26000, 26us",
        "300000000, 300ms",
        "1500000000, 1.5s",
        "90000000000, 90s",
        "-5000000, -5ms"
    })
    @DisplayName("are written in the largest unit that stays readable")
    void areWrittenReadably(long nanos, String text) {
        assertThat(Durations.format(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} ms are {1}")
    @CsvSource({"-1, 0s", "-5000, 0s", "0, 0s", "99, 0s", "100, 100ms", "1299, 1.2s", "61000, 61s"})
    @DisplayName("from one moment to a later one are told in tenths of a second, and never below none")
    void tenths(long millis, String text) {
        assertThat(Durations.tenths(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
