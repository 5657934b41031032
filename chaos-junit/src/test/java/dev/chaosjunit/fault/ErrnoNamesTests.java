// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Names of errors")
class ErrnoNamesTests {

    @Test
    @DisplayName("are those that the helper knows")
    void helper() throws IOException {
        String table = Files.readString(Path.of("../chaos-bpf-native/src/main/c/core/errno_names.c"));
        assertThat(Pattern.compile("= \"(E[A-Z0-9]+)\"")
                        .matcher(table)
                        .results()
                        .map(name -> name.group(1)))
                .containsExactlyInAnyOrderElementsOf(ErrnoNames.all());
    }
}
