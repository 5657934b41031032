// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.RingCounts;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a ring was held with the operation that was to be late,")
class HeldRingsTests {
    private static final List<SloResult> MISSED = List.of(slo(Outcome.FAILED), slo(Outcome.PASSED));

    @Test
    @DisplayName("what was missed meanwhile is undecided, and the first line says why")
    void held() {
        HeldRings rings = HeldRings.of(List.of(fault(new RingCounts(97, 3))));
        assertThat(rings.judge(MISSED))
                .extracting(SloResult::outcome)
                .containsExactly(Outcome.INCONCLUSIVE, Outcome.PASSED);
        assertThat(rings.judge(MISSED).get(0).detail())
                .isEqualTo("p99 is 9 ms, which the fault itself may have caused: rings of a-0 were held by 3 of 100"
                        + " operations");
        assertThat(rings.lines()).singleElement().asString().contains("Rings were held in a-0", "3 of 100 operations");
    }

    @Test
    @DisplayName("where none was, nothing is said, and a failure is one")
    void none() {
        HeldRings rings = HeldRings.of(List.of(fault(new RingCounts(100, 0)), fault(null)));
        assertThat(rings.lines()).isEmpty();
        assertThat(rings.judge(MISSED)).isEqualTo(MISSED);
    }

    @Test
    @DisplayName("what is undecided anyway stays so, for its own reason")
    void undecided() {
        List<SloResult> few = List.of(slo(Outcome.INCONCLUSIVE));
        assertThat(HeldRings.of(List.of(fault(new RingCounts(0, 3)))).judge(few))
                .isEqualTo(few);
    }

    private static SloResult slo(Outcome outcome) {
        return new SloResult(
                Stage.FAULT, "http://a/", "p99", Limit.parse("5ms"), "9 ms", "9 ms", 100, outcome, "p99 is 9 ms");
    }

    private static FaultResult fault(@Nullable RingCounts rings) {
        return FaultResult.of("io_uring recv delayed 100ms", "a-0", Unit.CALL)
                .mechanism("seccomp user notification")
                .counters(new FaultResult.Counters(100, 100, 100, 0, 0))
                .requestedDelayMs(100.0)
                .witness(Outcome.PASSED)
                .rings(rings)
                .build();
    }
}
