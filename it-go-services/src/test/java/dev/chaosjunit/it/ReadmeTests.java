// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The README")
class ReadmeTests {

    @Test
    @DisplayName("shows an example that runs")
    void example() throws IOException {
        String example = between(
                Files.readString(Path.of("src/test/java/dev/chaosjunit/it/UserApiChaosIT.java")),
                "// README: begin\n",
                "// README: end");
        String shown = between(Files.readString(Path.of("../README.md")), "```java\n", "```");
        assertThat(shown).isEqualTo(example);
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
