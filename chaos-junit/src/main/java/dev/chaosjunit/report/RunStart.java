// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When the run of tests began that this JVM belongs to: whatever a report has from before is another run's. */
final class RunStart {
    /** Linux tells when a process started to about a second. */
    private static final Duration BLUR = Duration.ofSeconds(2);

    private RunStart() {}

    static Instant found() {
        ProcessHandle self = ProcessHandle.current();
        return of(self, System.getProperty("sun.java.command", ""));
    }

    /** The start of a JVM; Surefire and Failsafe start several for one run of Maven, beside and after one another. */
    static Instant of(ProcessHandle jvm, String command) {
        ProcessHandle run = command.contains("surefire") ? maven(jvm) : jvm;
        return run.info().startInstant().map(start -> start.minus(BLUR)).orElse(Instant.EPOCH);
    }

    /** The nearest JVM above; a shell may stand between them. */
    private static ProcessHandle maven(ProcessHandle fork) {
        return Stream.iterate(
                        fork.parent(),
                        Optional::isPresent,
                        one -> one.orElseThrow().parent())
                .flatMap(Optional::stream)
                .filter(RunStart::isJava)
                .findFirst()
                .orElse(fork);
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().filter(path -> path.endsWith("/java")).isPresent();
    }
}
