// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.SideEffect;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A missed objective, where a fault did more than was asked for,")
class SideEffectsTests {

    @Test
    @DisplayName("stands where it did no more")
    void nothing() {
        SideEffects effects = SideEffects.of(List.of(fault(null)));

        assertThat(effects.lines()).isEmpty();
        assertThat(outcome(effects, "p99", "200ms", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("is undecided, errors too, and says the first cause")
    void every() {
        SideEffects effects = SideEffects.of(List.of(fault(null), fault(effect("a", null)), fault(effect("b", null))));

        assertThat(outcome(effects, "p99", "200ms", Outcome.FAILED)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(effects, "errorRate", "1%", Outcome.FAILED)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(effects.judge(List.of(slo("p99", "200ms", Outcome.FAILED)))
                        .get(0)
                        .detail())
                .isEqualTo("p99 was 2s, which the fault itself may have caused: a was held");
    }

    @Test
    @DisplayName("is undecided where that explains latencies up to its limit, and stands where not, as do errors")
    void latencies() {
        SideEffects effects = SideEffects.of(List.of(fault(effect("a", 200.1))));

        assertThat(outcome(effects, "p99", "200ms", Outcome.FAILED)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(effects, "p99", "201ms", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
        assertThat(outcome(effects, "errorRate", "1%", Outcome.FAILED)).isEqualTo(Outcome.FAILED);
        assertThat(outcome(SideEffects.of(List.of(fault(effect("a", 200.0)))), "p99", "200ms", Outcome.FAILED))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("is the only thing that changes: what was met was met, what was undecided is so for its own reason")
    void met() {
        SideEffects effects = SideEffects.of(List.of(fault(effect("a", null))));
        List<SloResult> others = List.of(slo("p99", "2ms", Outcome.PASSED), slo("p99", "2ms", Outcome.INCONCLUSIVE));

        assertThat(effects.judge(others)).isEqualTo(others);
    }

    @Test
    @DisplayName("comes with a line for each such pod that stands before all others")
    void firstLines() {
        Verdict verdict = new Verdict();
        verdict.slos(List.of(slo("p99", "200ms", Outcome.FAILED)));
        verdict.foremost(
                SideEffects.of(List.of(fault(effect("a", null)), fault(null))).lines());

        assertThat(verdict.summary().lines())
                .containsExactly("All of a was held.", "In the fault window, http://a/: p99 was 2s");
    }

    private static SideEffect effect(String pod, @Nullable Double belowMs) {
        return new SideEffect("All of " + pod + " was held.", pod + " was held", belowMs);
    }

    private static Outcome outcome(SideEffects effects, String objective, String limit, Outcome found) {
        return effects.judge(List.of(slo(objective, limit, found))).get(0).outcome();
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

    private static FaultResult fault(@Nullable SideEffect effect) {
        return FaultResult.of("delay 50ms", "a", Unit.CALL).sideEffect(effect).build();
    }
}
