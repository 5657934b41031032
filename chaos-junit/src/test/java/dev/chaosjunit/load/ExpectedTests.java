// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a load expects")
class ExpectedTests {

    @ParameterizedTest
    @CsvSource(
            value = {"199, HTTP 199", "200, good", "204, good", "205, HTTP 205", "404, good", "500, HTTP 500"},
            nullValues = "good")
    @DisplayName("is a status of any of its ranges, their ends among them")
    void statuses(int status, String fault) {
        assertThat(new Expected(Expected.parse("200-204 ,404"), "").fault(status, null))
                .isEqualTo(fault);
    }

    @Test
    @DisplayName("is a body that contains a text, where it asks for one")
    void body() {
        Expected expected = new Expected(Expected.parse("200"), "\"ok\"");

        assertThat(expected.fault(200, "{\"ok\": 1}")).isNull();
        assertThat(expected.fault(200, "ok")).isEqualTo("HTTP 200 without \"\"ok\"\"");
        assertThat(expected.fault(200, null)).isEqualTo("HTTP 200 without \"\"ok\"\"");
        assertThat(expected.fault(500, "{\"ok\": 1}")).isEqualTo("HTTP 500");
    }

    @Test
    @DisplayName("is told where it is more than an answer that is no error, and cut where it is long")
    void described() {
        assertThat(new Expected(Expected.parse("200-399"), "").describe()).isEmpty();
        assertThat(new Expected(Expected.parse("200, 404-410"), "").describe()).isEqualTo("HTTP 200, 404-410");
        assertThat(new Expected(Expected.parse("200-399"), "x".repeat(41)).describe())
                .isEqualTo("HTTP 200-399 with \"" + "x".repeat(40) + "…\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2xx", "200,", "99", "600", "200-", "200 404"})
    @DisplayName("is refused where it is no list of statuses")
    void malformed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expected.parse(text))
                .withMessage("\"" + text + "\" is no list of HTTP statuses: expected for example \"200\", \"200-299\""
                        + " or \"200, 404\", each from 100 to 599");
    }

    @Test
    @DisplayName("is refused where a range is upside down")
    void upsideDown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Expected.parse("404-200"))
                .withMessage("the statuses 404-200 are none");
    }
}
