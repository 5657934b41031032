// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Spinning;
import dev.chaosjunit.result.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A missed objective, while calls were held for 50 ms by spinning,")
class SpinningVerdictTests {
    private static final double WINDOW_MS = 5000;

    @Test
    @DisplayName("stands where nothing spun")
    void nothingSpun() {
        SpinningVerdict verdict = SpinningVerdict.of(List.of(fault("a-0", null)));

        assertThat(verdict.lines()).isEmpty();
        assertThat(outcome(verdict, "p99", "200ms", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("is inconclusive where no processor was left for more than 1 % of the time, errors too")
    void noneLeft() {
        SpinningVerdict verdict = spinning(new Spinning(2, WINDOW_MS * 0.011, WINDOW_MS, 0));

        assertThat(outcome(verdict, "p99", "200ms", Outcome.FAILED)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(verdict, "errorRate", "1%", Outcome.FAILED)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.judge(List.of(slo("p99", "200ms", Outcome.FAILED)))
                        .get(0)
                        .detail())
                .isEqualTo("p99 was 2s, which the fault itself may have caused:"
                        + " held calls kept all 2 processors of a-0 for 2 % of its time");
    }

    @Test
    @DisplayName("stands where a processor was left for 99 % of the time, and goroutines hardly waited")
    void seldom() {
        SpinningVerdict verdict = spinning(new Spinning(2, WINDOW_MS * 0.01, WINDOW_MS, 150));

        assertThat(outcome(verdict, "p99", "200ms", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
        assertThat(outcome(verdict, "errorRate", "1%", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("is inconclusive where goroutines waited longer for a processor than the limit leaves beside 50 ms")
    void waited() {
        SpinningVerdict verdict = spinning(new Spinning(2, 0, WINDOW_MS, 150.1));

        assertThat(outcome(verdict, "p99", "200ms", Outcome.FAILED)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(verdict, "p99", "1s", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
        assertThat(outcome(verdict, "errorRate", "1%", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("is the only thing that changes: what was met was met")
    void met() {
        SpinningVerdict verdict = spinning(new Spinning(2, WINDOW_MS, WINDOW_MS, 1000));

        assertThat(outcome(verdict, "p99", "200ms", Outcome.PASSED)).isEqualTo(Outcome.PASSED);
        assertThat(outcome(verdict, "p99", "200ms", Outcome.INCONCLUSIVE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("comes with a line for each such pod that stands before all others, and why it was so")
    void firstLines() {
        Verdict verdict = new Verdict();
        verdict.slos(List.of(slo("p99", "200ms", Outcome.FAILED)));
        verdict.foremost(SpinningVerdict.of(List.of(fault("a-0", new Spinning(2, 0, WINDOW_MS, 0)), fault("a-1", null)))
                .lines());

        assertThat(verdict.summary().lines())
                .containsExactly(
                        "Calls were held by spinning in a-0, which keeps a processor of the service for as long: latencies"
                                + " are those of the fault's means as well. Why: not by tracer: no frame.",
                        "In the fault window, http://a/: p99 was 2s");
    }

    private static SpinningVerdict spinning(Spinning spinning) {
        return SpinningVerdict.of(List.of(fault("b-0", null), fault("a-0", spinning)));
    }

    private static Outcome outcome(SpinningVerdict verdict, String objective, String limit, Outcome found) {
        return verdict.judge(List.of(slo(objective, limit, found))).get(0).outcome();
    }

    private static SloResult slo(String objective, String limit, Outcome outcome) {
        return new SloResult(
                Stage.FAULT,
                "http://a/",
                objective,
                Limit.parse(limit),
                "2s",
                "2s",
                100,
                outcome,
                objective + " was 2s");
    }

    private static FaultResult fault(String pod, @Nullable Spinning spinning) {
        return FaultResult.of("delay 50ms", pod, Unit.CALL)
                .mechanism("uprobe")
                .counters(new FaultResult.Counters(10, 10, 10, 0, 0))
                .requestedDelayMs(50.0)
                .detail("not by tracer: no frame")
                .witness(Outcome.PASSED)
                .spinning(spinning)
                .build();
    }
}
