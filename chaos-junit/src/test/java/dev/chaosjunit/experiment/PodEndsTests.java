// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod whose process ended")
class PodEndsTests {
    private static final long SECOND = 1_000_000_000;
    private static final long INJECTED = 10 * SECOND;
    private static final long REVERTED = 15 * SECOND;

    @Test
    @DisplayName("is the verdict's first line, before what it made go wrong, and fails the run")
    void first() {
        Verdict verdict = new Verdict();
        verdict.slos(List.of(slo("p99", Outcome.FAILED), slo("errorRate", Outcome.FAILED)));
        verdict.ends(ends(end("a-0", 11.25)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.summary().lines())
                .containsExactly(
                        "Pod a-0 ended 1.2s into the fault, and nobody had asked it to: exit code 2. It printed last:",
                        "  panic: oh",
                        "  goroutine 7 [running]:",
                        "In the fault window, http://a/: errorRate is bad.",
                        "In the fault window, http://a/: p99 is bad.");
    }

    @Test
    @DisplayName(
            "fails the run by itself from the fault on, as far as one knows when; what it did before proves nothing")
    void byItself() {
        assertThat(outcome(end("a-0", 10.0))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(end("a-0", 15.9))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(rough("a-0", 9.5))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(rough("a-0", 9.4))).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(end("a-0", 9.9))).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(new PodEnds(List.of(), 0, 0).isAnyNoFault()).isFalse();
    }

    private static Outcome outcome(PodEnd end) {
        Verdict verdict = new Verdict();
        assertThat(verdict.hasEnds()).isFalse();
        verdict.ends(ends(end));
        assertThat(verdict.hasEnds()).isTrue();
        return verdict.outcome();
    }

    @Test
    @DisplayName("is told with when it was: before, in or after the fault")
    void when() {
        assertThat(head(end("a-0", 9.5))).startsWith("Pod a-0 ended 500ms before the fault,");
        assertThat(head(end("a-0", 10.0))).startsWith("Pod a-0 ended 0s into the fault,");
        assertThat(head(end("a-0", 15.0))).startsWith("Pod a-0 ended 5s into the fault,");
        assertThat(head(end("a-0", 15.9))).startsWith("Pod a-0 ended 900ms after the fault,");
        assertThat(head(rough("a-0", 9.8))).startsWith("Pod a-0 ended about 0s into the fault,");
        assertThat(head(rough("a-0", 12))).startsWith("Pod a-0 ended about 2s into the fault,");
    }

    @Test
    @DisplayName("before anything was done to it proves nothing, and is inconclusive")
    void early() {
        Verdict verdict = new Verdict();
        verdict.ends(new PodEnds(List.of(end("a-0", 5)), 0, 0));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary()).startsWith("Pod a-0 ended before anything was injected, so nothing was,");
    }

    @Test
    @DisplayName("after the death of a tool of ours around it may be our doing, and is inconclusive")
    void orphaned() {
        PodEnd orphaned = new PodEnd(
                "a-0",
                "a-0",
                "p",
                new Handle.LocalProcess(4711),
                "of that",
                11 * SECOND,
                Duration.ZERO,
                List.of(),
                true);
        Verdict verdict = new Verdict();
        verdict.ends(ends(orphaned));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary()).startsWith("Pod a-0 ended 1s into the fault,");
    }

    @Test
    @DisplayName("is one reason however often it ended, and the other pods are others")
    void again() {
        assertThat(ends(end("a-0", 11), end("b-0", 12), end("a-0", 13)).reasons())
                .hasSize(2)
                .first()
                .asString()
                .endsWith("\n  It ended again 3s into the fault (exit code 2).");
    }

    @Test
    @DisplayName("that printed nothing is said to have printed nothing")
    void silent() {
        PodEnd silent = new PodEnd(
                "a-0",
                "a-0",
                "p",
                new Handle.LocalProcess(4711),
                "exit code 0",
                11 * SECOND,
                Duration.ZERO,
                List.of(),
                false);
        assertThat(ends(silent).reasons())
                .containsExactly("Pod a-0 ended 1s into the fault, and nobody had asked it to: exit code 0."
                        + " It had printed nothing.");
    }

    @Test
    @DisplayName("is a line for the notes where it may do so")
    void note() {
        assertThat(ends(end("a-0", 11)).notes())
                .containsExactly("Pod a-0 ended 1s into the fault, and nobody had asked it to: exit code 2."
                        + " It printed \"panic: oh\".");
    }

    private static String head(PodEnd end) {
        return ends(end).reasons().get(0);
    }

    private static PodEnds ends(PodEnd... ends) {
        return new PodEnds(List.of(ends), INJECTED, REVERTED);
    }

    private static PodEnd end(String pod, double second) {
        return end(pod, second, Duration.ZERO);
    }

    private static PodEnd rough(String pod, double second) {
        return end(pod, second, Duration.ofMillis(500));
    }

    private static PodEnd end(String pod, double second, Duration within) {
        return new PodEnd(
                pod,
                pod,
                "p",
                new Handle.LocalProcess(4711),
                "exit code 2",
                (long) (second * SECOND),
                within,
                List.of("panic: oh", "goroutine 7 [running]:"),
                false);
    }

    private static SloResult slo(String objective, Outcome outcome) {
        return new SloResult(
                Stage.FAULT, "http://a/", objective, Limit.parse("1%"), "9", "9", 100, outcome, objective + " is bad.");
    }
}
