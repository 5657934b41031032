// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The README")
class ReadmeTests {

    private final String readme = read("../README.md");

    @Test
    @DisplayName("shows an example that runs")
    void example() {
        String source = read("src/test/java/dev/chaosjunit/it/UserApiChaosIT.java");
        String begin = "// README: begin\n";
        String example = source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// README: end"));
        assertThat(readme).contains("```java\n" + example + "```");
    }

    @Test
    @DisplayName("shows a user's own test that runs")
    void usersOwn() {
        String source = read("../chaos-junit/src/it/user-project/src/test/java/com/example/HttpbinTest.java");
        assertThat(readme).contains("```java\n" + source.substring(source.indexOf("@ChaosTest")) + "```");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
