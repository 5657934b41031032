// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A JVM of its own that writes results, as a fork of surefire would. */
final class ReportingFork {
    private ReportingFork() {}

    static Process start(String name, int results, Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReportingFork.class.getName(),
                        name,
                        String.valueOf(results),
                        directory.toString())
                .inheritIO()
                .start();
    }

    public static void main(String[] args) {
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            new ChaosReport(Path.of(args[2]), Instant.EPOCH).write(Samples.passedAs("Fork." + args[0] + i));
        }
    }
}
