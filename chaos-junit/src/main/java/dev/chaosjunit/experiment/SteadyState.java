// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;

/** What must hold whenever there is no fault, held against stretches of a load. */
final class SteadyState {
    private final Run run;
    private final Loads loads;

    SteadyState(Run run, Loads loads) {
        this.run = run;
        this.loads = loads;
    }

    /** Judge a stretch of time, or one half as long again where that one does not tell; waits until it is over. */
    Judged judge(Stage stage, long from, Duration length) throws InterruptedException {
        Judged judged = once(stage, from, length);
        return judged.isUnlucky() ? once(stage, from, length.multipliedBy(3).dividedBy(2)) : judged;
    }

    /** Waits until its answers have come or timed out, too. */
    private Judged once(Stage stage, long from, Duration length) throws InterruptedException {
        long to = from + length.toNanos();
        run.clock().sleep(Duration.ofNanos(to - run.clock().nanoTime()));
        loads.settle(from, to);
        return new Judged(stage, from, to, loads.judge(run.experiment().slos(), Phase.STEADY, stage, from, to));
    }
}
