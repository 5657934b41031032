// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Advice about what the helper refused")
class HelperAdviceTests {

    @ParameterizedTest
    @ValueSource(strings = {"no_keeper", "no_listener", "narrow_listener"})
    @DisplayName("names the runtime class that is missing")
    void listeners(String code) {
        assertThat(HelperAdvice.after("refused", code))
                .startsWith("refused: ")
                .contains("runtimeClassName: ")
                .contains("chaos-io-uring-enter");
    }

    @Test
    @DisplayName("says what an agent needs to see a container")
    void container() {
        assertThat(HelperAdvice.after("refused", "no_container"))
                .startsWith("refused: ")
                .contains("hostPID: true");
    }

    @Test
    @DisplayName("is for nothing else")
    void others() {
        assertThat(HelperAdvice.after("refused", "unsupported")).isEqualTo("refused");
    }
}
