// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTests {
    @Test
    @DisplayName("an id that is a plain file name stays as it is")
    void keepsPlainIds() {
        assertThat(FileNames.of("UserApiChaosIT.breaker_answers-1")).isEqualTo("UserApiChaosIT.breaker_answers-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", ".hidden", "", "a/b", "a b", "t[1]", "ünï", "\"><script>"})
    @DisplayName("any other id becomes a plain name inside the directory")
    void makesPlainNames(String id) {
        assertThat(FileNames.of(id)).matches("[A-Za-z0-9_-][A-Za-z0-9._-]*").isNotEqualTo(id);
    }

    @Test
    @DisplayName("ids that look alike once they are plain stay apart")
    void keepsIdsApart() {
        assertThat(FileNames.of("test[1]")).isNotEqualTo(FileNames.of("test(1)"));
    }

    @Test
    @DisplayName("a long id is cut to what file systems take, and stays unique")
    void cutsLongIds() {
        assertThat(FileNames.of("x".repeat(300))).hasSizeLessThan(200).isNotEqualTo(FileNames.of("x".repeat(301)));
    }
}
