// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that somebody looked at and found good. {@code -DargLine=-Dgolden.update=true} writes them anew: look again then. */
final class Golden {
    private static final Path DIRECTORY = Path.of("src/test/resources/report");

    private Golden() {}

    static void verify(String file, String actual) throws IOException {
        Path golden = DIRECTORY.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(golden, actual);
        }
        assertThat(actual).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
}
