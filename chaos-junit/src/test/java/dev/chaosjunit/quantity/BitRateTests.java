// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rates of a link")
class BitRateTests {

    @ParameterizedTest(name = "{0} is {1} bits a second, {2}")
    @CsvSource({
        "1000bit, 1000, 1kbit, 125bps",
        "1mbit, 1000000, 1mbit, 125000bps",
        "1.5Mbit, 1500000, 1.5mbit, 187500bps",
        "100gbit, 100000000000, 100gbit, 12500000000bps"
    })
    @DisplayName("are read as tc reads them, and told to Chaos Mesh in bytes")
    void areRead(String text, long bits, String written, String bytes) {
        assertThat(BitRate.parse(text).bits()).isEqualTo(bits);
        assertThat(BitRate.parse(text)).hasToString(written);
        assertThat(BitRate.parse(text).bytesPerSecond()).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "{0} is {1} or {2}")
    @CsvSource({
        "1mbps, 8mbit, 1mbit",
        "125kbps, 1mbit, 125kbit",
        "1000bps, 8kbit, 1kbit",
        "1.5gbps, 12gbit, 1.5gbit",
        "5000gbps, 40000gbit, 5000gbit"
    })
    @DisplayName("with two readings are refused with both")
    void twoReadings(String text, String bytes, String bits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BitRate.parse(text))
                .withMessage("\"" + text + "\" has two readings: tc and Chaos Mesh mean bytes by it, \"" + bytes
                        + "\", others bits, \"" + bits + "\": expected one of these");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "1", "mbit", "-1mbit", "1 mbit", "1tbit", "1mb", "1mbit/s", "1e3kbit"})
    @DisplayName("in another form are refused, quoting the text")
    void inAnotherFormAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BitRate.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("\"1mbit\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999bit", "0mbit", "100.000001gbit", "999999999999gbit"})
    @DisplayName("outside 1kbit to 100gbit are refused")
    void outOfRange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BitRate.parse(text))
                .withMessageContaining("expected 1kbit to 100gbit");
    }
}
