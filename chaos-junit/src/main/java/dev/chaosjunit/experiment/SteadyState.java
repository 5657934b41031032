// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.List;

/** What must hold whenever there is no fault, held against stretches of a load. */
final class SteadyState {
    private final Run run;
    private final Loads loads;

    SteadyState(Run run, Loads loads) {
        this.run = run;
        this.loads = loads;
    }

    /** Judge a stretch of time; waits until it is over and its answers have come or timed out. */
    List<SloResult> judge(Stage stage, long from, Duration length) throws InterruptedException {
        long to = from + length.toNanos();
        run.clock().sleep(Duration.ofNanos(to - run.clock().nanoTime()));
        loads.settle(from, to);
        return loads.judge(run.experiment().slos(), Phase.STEADY, stage, from, to);
    }

    static boolean isMet(List<SloResult> results) {
        return results.stream().allMatch(slo -> slo.outcome() == Outcome.PASSED);
    }
}
