// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a program says of its version. */
final class ProgramVersion {
    private static final int SECONDS = 3;
    private static final int LONGEST = 100;

    private ProgramVersion() {}

    /** One line; a program that knows no {@code --version}, or takes it for something to do, has none. */
    static String of(Path program) {
        Process process = Builder.start(Path.of("/"), List.of(program.toString(), "--version"), Map.of("LC_ALL", "C"));
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.getOutputStream().close(); // which ends what has not ended
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return ended && process.exitValue() == 0 ? firstLine(output) : "of unknown version";
        } catch (IOException e) {
            return "of unknown version";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "of unknown version";
        }
    }

    private static String firstLine(String output) {
        String line = output.lines().filter(text -> !text.isBlank()).findFirst().orElse("of unknown version");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
