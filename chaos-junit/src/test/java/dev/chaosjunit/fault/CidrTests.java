// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A CIDR block")
class CidrTests {

    @ParameterizedTest
    @CsvSource({
        "198.18.0.0/24,198.18.0.7,true",
        "198.18.0.0/24,198.18.1.7,false",
        "0.0.0.0/0,198.18.1.7,true",
        "198.18.0.7,198.18.0.7/32,true",
        "198.18.0.128/25,198.18.0.127,false",
        "fd00::/64,fd00::7,true",
        "fd00::/64,fd00:0:0:1::7,false",
        "0.0.0.0/0,::/0,false"
    })
    @DisplayName("overlaps another where an address is in both")
    void overlaps(String one, String other, boolean expected) {
        assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(expected);
        assertThat(Cidr.parse(other).overlaps(Cidr.parse(one))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "198.18.0.0/33",
                "198.18.0.0/-1",
                "198.18.0/24",
                "300.1.1.1",
                "256.0.0.1",
                "1.2.3.999",
                "010.0.0.1",
                "fd00::/129",
                "example.org",
                "/8"
            })
    @DisplayName("refuses what is none, and looks nothing up")
    void refuses(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause(); // such as that of a look-up
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "249.199.99.9", "::", "::ffff:198.18.0.7"})
    @DisplayName("takes every literal address")
    void literal(String text) {
        assertThat(Cidr.parse(text).address()).isEqualTo(text);
    }
}
