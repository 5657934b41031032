// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Advice about listeners")
class ListenerAdviceTests {

    @ParameterizedTest
    @ValueSource(strings = {"no_keeper", "no_listener", "narrow_listener"})
    @DisplayName("names the runtime class that is missing")
    void listeners(String code) {
        assertThat(ListenerAdvice.after("refused", code))
                .startsWith("refused: ")
                .contains("runtimeClassName: ")
                .contains("chaos-io-uring-enter");
    }

    @Test
    @DisplayName("is for nothing else")
    void others() {
        assertThat(ListenerAdvice.after("refused", "unsupported")).isEqualTo("refused");
    }
}
