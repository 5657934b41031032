// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run of tests")
class RunStartTests {
    private static final String SUREFIRE = "/shop/target/surefire/surefirebooter.jar /shop/target/surefire";

    @Test
    @DisplayName("begins with its JVM, a little early as clocks go")
    void jvm() {
        Instant start = RunStart.of(ProcessHandle.current(), "org.junit.platform.console.ConsoleLauncher");

        assertThat(start).isEqualTo(ownStart().minusSeconds(2));
        assertThat(RunStart.found()).isBetween(Instant.EPOCH, Instant.now());
    }

    @Test
    @DisplayName("begins with the JVM above where Surefire or Failsafe started this one, by a shell or not")
    void fork() throws IOException, InterruptedException {
        Thread.sleep(50); // starts are told in hundredths of a second
        Process shell = new ProcessBuilder("sh", "-c", "sleep 60; true").start();
        try {
            assertThat(RunStart.of(shell.toHandle(), SUREFIRE))
                    .isEqualTo(ownStart().minusSeconds(2));
            assertThat(RunStart.of(shell.toHandle(), "sleep"))
                    .isAfter(ownStart().minusSeconds(2));
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    @Test
    @DisplayName("is that of a fork itself where nothing above it is Java")
    void orphan() {
        ProcessHandle first = ProcessHandle.of(1).orElseThrow();
        Instant started = first.info().startInstant().orElse(Instant.EPOCH.plus(Duration.ofSeconds(2)));

        assertThat(RunStart.of(first, SUREFIRE)).isEqualTo(started.minusSeconds(2));
    }

    private static Instant ownStart() {
        return ProcessHandle.current().info().startInstant().orElseThrow();
    }
}
