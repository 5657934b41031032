// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.List;

/** Proves the steady state before anything is injected. */
final class BaselineStage {
    /** So often it may be sought before there is no experiment: a machine may be busy for a moment. */
    private static final int MOST = 3;

    private final Run run;
    private final SteadyState steadyState;

    BaselineStage(Run run, Loads loads) {
        this.run = run;
        this.steadyState = new SteadyState(run, loads);
    }

    /** Whether one of the baselines was steady; the last one is what the result shows. */
    boolean isSteady() throws InterruptedException {
        Duration length = run.experiment().windows().baseline();
        for (int attempt = 1; true; attempt++) {
            run.enter(Stage.BASELINE, length);
            long from = run.clock().nanoTime();
            List<SloResult> baseline = steadyState.judge(Stage.BASELINE, from, length);
            boolean met = SteadyState.isMet(baseline);
            if (met || attempt == MOST) {
                run.findings().slos(baseline);
                run.findings().window(Stage.BASELINE, from, from + length.toNanos());
                run.findings().verdict().unsteady(baseline);
                return met;
            }
            run.findings().note("Baseline " + attempt + " of at most " + MOST + " was not steady.");
        }
    }
}
