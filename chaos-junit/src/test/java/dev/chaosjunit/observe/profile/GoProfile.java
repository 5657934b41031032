// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Profiles that a real Go program writes of itself. */
final class GoProfile {
    private final Path binary;

    /** Build {@code profiled.go}. */
    GoProfile(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("profiled.go");
        try (InputStream code = Objects.requireNonNull(GoProfile.class.getResourceAsStream("profiled.go"))) {
            Files.copy(code, source);
        }
        binary = directory.resolve("profiled");
        output("go", "build", "-o", binary.toString(), source.toString());
    }

    /** Where it burns, 400 ms for span 01 of trace aa and 100 ms for nobody. */
    byte[] cpu() throws IOException, InterruptedException {
        return output(binary.toString(), "cpu");
    }

    /** Where three goroutines wait for span 02 of trace bb, one for nobody. */
    byte[] goroutines() throws IOException, InterruptedException {
        return output(binary.toString(), "goroutine");
    }

    private static byte[] output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new UncheckedIOException(new IOException(String.join(" ", command) + ": " + errors));
        }
        return output;
    }
}
