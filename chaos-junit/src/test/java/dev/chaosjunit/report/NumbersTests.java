// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumbersTests {
    @Test
    @DisplayName("times have three significant digits and the unit that suits")
    void times() {
        assertThat(Numbers.time(0.4149)).isEqualTo("0.415 ms");
        assertThat(Numbers.time(12.345)).isEqualTo("12.3 ms");
        assertThat(Numbers.time(612.0)).isEqualTo("612 ms");
        assertThat(Numbers.time(2013.0)).isEqualTo("2.01 s");
        assertThat(Numbers.time(0.0)).isEqualTo("0 ms");
        assertThat(Numbers.time(null)).isEqualTo("–");
        assertThat(Numbers.time(Double.NaN)).isEqualTo("–");
    }

    @Test
    @DisplayName("short times are in microseconds, also negative ones")
    void micros() {
        assertThat(Numbers.micros(26)).isEqualTo("26 µs");
        assertThat(Numbers.micros(-26)).isEqualTo("-26 µs");
        assertThat(Numbers.micros(1240)).isEqualTo("1.24 ms");
        assertThat(Numbers.micros(500_026)).isEqualTo("500 ms");
    }

    @Test
    @DisplayName("counts are grouped, never rounded, and agree with their noun")
    void counts() {
        assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
        assertThat(Numbers.count(1, "hit")).isEqualTo("1 hit");
        assertThat(Numbers.count(0, "hit")).isEqualTo("0 hits");
        assertThat(Numbers.significant(12345)).isEqualTo("12345");
    }
}
