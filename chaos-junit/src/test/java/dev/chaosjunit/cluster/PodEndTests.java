// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An exit code")
class PodEndTests {

    @ParameterizedTest
    @CsvSource({
        "0, exit code 0",
        "2, exit code 2",
        "128, exit code 128",
        "'137', 'exit code 137 (signal 9, SIGKILL)'",
        "'143', 'exit code 143 (signal 15, SIGTERM)'",
        "'174', 'exit code 174 (signal 46)'",
        "255, exit code 255"
    })
    @DisplayName("is said with the signal that it stands for")
    void how(int exitCode, String words) {
        assertThat(PodEnd.how(exitCode)).isEqualTo(words);
    }
}
