// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rates")
class RateTests {

    @ParameterizedTest(name = "{0} is {1} per second")
    @CsvSource({"200/s, 200", "0.5/s, 0.5", "30/m, 0.5", "20000/s, 20000"})
    @DisplayName("are read per second or minute")
    void areReadPerSecondOrMinute(String text, double perSecond) {
        assertThat(Rate.parse(text).perSecond()).isEqualTo(perSecond);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "200", "200/h", "-1/s", "200 /s", "200/ s", "1e3/s", "/s"})
    @DisplayName("in another form are refused, quoting the text")
    void inAnotherFormAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("\"200/s\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0/s", "20001/s", "99999999999999999999/s"})
    @DisplayName("of nothing, or beyond what is served, are refused")
    void outOfRangeAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text)).withMessageContaining("out of range");
    }
}
