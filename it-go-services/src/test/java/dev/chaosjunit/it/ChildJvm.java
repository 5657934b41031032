// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.platform.console.ConsoleLauncher;

/** A test class run by JUnit in a JVM of its own, which may be killed. */
record ChildJvm(Process process, BufferedReader reader) {

    /** Start JUnit on a class; the options go to the JVM. */
    static ChildJvm start(Class<?> testClass, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ConsoleLauncher.class.getName(),
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--details=verbose",
                "--select-class=" + testClass.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("CI");
        Process process = builder.start();
        return new ChildJvm(process, process.inputReader());
    }

    /** Wait for its end, and return what it printed. */
    String output(Duration limit) throws IOException, InterruptedException {
        String all = reader.lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)).as(all).isTrue();
        return all;
    }

    /** Read on until a line is this one. */
    void awaitLine(String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
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
