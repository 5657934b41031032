// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.console.ConsoleLauncher;

/** A test class run by JUnit in a JVM of its own, which may be killed. */
record ChildJvm(Process process, BufferedReader output) {

    static ChildJvm start(Class<?> testClass) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConsoleLauncher.class.getName(),
                        "execute",
                        "--disable-banner",
                        "--details=verbose",
                        "--select-class=" + testClass.getName())
                .redirectErrorStream(true)
                .start();
        return new ChildJvm(process, process.inputReader());
    }

    /** Read on until a line is this one. */
    void awaitLine(String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.strip().equals(wanted)) {
                return;
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("The JVM ended without the line \"" + wanted + "\": " + seen);
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }
}
