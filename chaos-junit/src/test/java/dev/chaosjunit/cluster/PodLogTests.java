// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The log of a pod")
class PodLogTests {

    @Test
    @DisplayName("keeps the last lines in memory and all in a file")
    void keepsLines(@TempDir Path directory) {
        Path file = directory.resolve("logs/api-0.log");
        try (PodLog log = new PodLog(file)) {
            for (int i = 1; i <= 3000; i++) {
                log.append("line " + i);
            }

            assertThat(log.last(2)).containsExactly("line 2999", "line 3000");
            assertThat(log.last(5000)).hasSize(2000).startsWith("line 1001");
            assertThat(file).content().startsWith("line 1\nline 2\n").endsWith("line 3000\n");
        }
    }

    @Test
    @DisplayName("goes on in memory when its file is closed")
    void closed(@TempDir Path directory) {
        PodLog log = new PodLog(directory.resolve("api-0.log"));
        log.close();
        log.append("a last word");

        assertThat(log.last(1)).containsExactly("a last word");
    }
}
