// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sizes")
class SizeTests {

    @ParameterizedTest(name = "{0} is {1} bytes, {2}")
    @CsvSource({
        "1B, 1, 1B",
        "1023B, 1023, 1023B",
        "1024B, 1024, 1KiB",
        "64KiB, 65536, 64KiB",
        "64Ki, 65536, 64KiB",
        "256Mi, 268435456, 256MiB",
        "1536KiB, 1572864, 1536KiB",
        "2048MiB, 2147483648, 2GiB",
        "1024GiB, 1099511627776, 1024GiB"
    })
    @DisplayName("are read, and written in the largest unit that is exact")
    void areRead(String text, long bytes, String written) {
        assertThat(Size.parse(text).bytes()).isEqualTo(bytes);
        assertThat(Size.parse(text)).hasToString(written);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "64", "64MB", "64 MiB", "-1KiB", "1.5MiB", "MiB", "1mib", "9999999999999B"})
    @DisplayName("in another form are refused, quoting the text")
    void inAnotherFormAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Size.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("\"64MiB\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0B", "1025GiB", "999999999999GiB", "1073741825KiB"})
    @DisplayName("outside 1B to 1024GiB are refused")
    void outOfRangeAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Size.parse(text))
                .withMessageContaining("expected 1B to 1024GiB");
    }
}
