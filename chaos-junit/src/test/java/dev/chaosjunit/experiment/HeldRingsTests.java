// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.RingCounts;
import dev.chaosjunit.result.SloResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a ring was held with the operation that was to be late,")
class HeldRingsTests {
    private static final List<SloResult> MISSED = List.of(slo("fault", Outcome.FAILED), slo("recovery", Outcome.PASSED));

    @Test
    @DisplayName("what was missed meanwhile is undecided, and the first line says why")
    void held() {
        List<FaultResult> faults = List.of(fault(new RingCounts(97, 3)));
        assertThat(HeldRings.weigh(Outcome.FAILED, faults, MISSED, Outcome.PASSED))
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(HeldRings.warning(faults)).hasValueSatisfying(line -> assertThat(line)
                .contains("Rings were held", "a-0: io_uring recv delayed 100ms: 3 of 100 operations"));
    }

    @Test
    @DisplayName("what failed elsewhere, as after the fault, still fails")
    void elsewhere() {
        List<FaultResult> faults = List.of(fault(new RingCounts(0, 3)));
        assertThat(HeldRings.weigh(Outcome.FAILED, faults, MISSED, Outcome.FAILED))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("a pass is a pass, and is told of it")
    void passed() {
        List<FaultResult> faults = List.of(fault(new RingCounts(0, 3)));
        List<SloResult> met = List.of(slo("fault", Outcome.PASSED));
        assertThat(HeldRings.weigh(Outcome.PASSED, faults, met, Outcome.PASSED)).isEqualTo(Outcome.PASSED);
        assertThat(HeldRings.warning(faults)).isPresent();
    }

    @Test
    @DisplayName("where none was, nothing is said, and a failure is one")
    void none() {
        for (FaultResult fault : List.of(fault(new RingCounts(100, 0)), fault(null))) {
            assertThat(HeldRings.warning(List.of(fault))).isEmpty();
            assertThat(HeldRings.weigh(Outcome.FAILED, List.of(fault), MISSED, Outcome.PASSED))
                    .isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    @DisplayName("a verdict tells its objectives in the fault window from all else")
    void verdict() {
        Verdict verdict = new Verdict();
        verdict.slos(List.of(slo("fault", Outcome.FAILED)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.elsewhere()).isEqualTo(Outcome.PASSED);
        verdict.slos(List.of(slo("recovery", Outcome.FAILED)));
        assertThat(verdict.elsewhere()).isEqualTo(Outcome.FAILED);
    }

    private static SloResult slo(String window, Outcome outcome) {
        return new SloResult(window, "http://a/", "p99", "5ms", "9 ms", "9 ms", 100, outcome, "p99 is 9 ms.");
    }

    private static FaultResult fault(@org.jspecify.annotations.Nullable RingCounts rings) {
        return new FaultResult(
                "io_uring recv delayed 100ms",
                "a-0",
                "seccomp user notification",
                Unit.CALL,
                new FaultResult.Counters(100, 100, 100, 0, 0),
                null,
                null,
                100.0,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                "",
                "",
                rings,
                Outcome.PASSED);
    }
}
