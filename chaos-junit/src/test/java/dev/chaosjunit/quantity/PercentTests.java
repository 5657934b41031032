// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Percentages")
class PercentTests {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"0%, 0", "0.5%, 0.005", "1%, 0.01", "99.99%, 0.9999", "100%, 1"})
    @DisplayName("are read as fractions and written back as they were")
    void areReadAsFractions(String text, double fraction) {
        assertThat(Percent.parse(text).fraction()).isEqualTo(fraction);
        assertThat(Percent.parse(text)).hasToString(text);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "0.5", "-1%", "1 %", " 1%", "%", "1e1%", "1%%", ".5%"})
    @DisplayName("in another form are refused, quoting the text")
    void inAnotherFormAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Percent.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("\"0.5%\"");
    }

    @Test
    @DisplayName("outside 0% to 100% are refused")
    void outOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Percent.parse("100.1%"))
                .withMessageStartingWith("100.1% is out of range")
                .withMessageContaining("0% to 100%");
        assertThatIllegalArgumentException().isThrownBy(() -> new Percent(-0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Percent(Double.NaN));
    }
}
