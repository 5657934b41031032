// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.List;

/** Proves the steady state before anything is injected. */
final class BaselineStage {
    /** So often it is sought at the least before there is no experiment: a machine may be busy for a moment. */
    private static final int LEAST = 3;

    /** Where objectives are missed, for so long: a busy machine is often so for ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Run run;
    private final Loads loads;
    private final SteadyState steadyState;

    BaselineStage(Run run, Loads loads) {
        this.run = run;
        this.loads = loads;
        this.steadyState = new SteadyState(run, loads);
    }

    /** Whether one of the baselines was steady; the last one is what the result shows. */
    boolean isSteady() throws InterruptedException {
        Duration length = run.experiment().windows().baseline();
        long start = run.clock().nanoTime();
        for (int attempt = 1; true; attempt++) {
            run.enter(Stage.BASELINE, length);
            long from = run.clock().nanoTime();
            Judged judged = steadyState.judge(Stage.BASELINE, from, length);
            List<SloResult> baseline = judged.slos();
            boolean met = judged.isMet();
            if (met || (attempt >= LEAST && !mayBecomeSteady(baseline, start))) {
                noteEarlier(attempt);
                run.findings().slos(baseline);
                judged.noteLonger(run.findings(), length);
                run.findings().window(Stage.BASELINE, from, judged.to());
                loads.baseline(from, judged.to());
                run.findings().verdict().unsteady(baseline);
                return met;
            }
        }
    }

    /** Too few requests are as few in the next one. */
    private boolean mayBecomeSteady(List<SloResult> baseline, long start) {
        return baseline.stream().anyMatch(slo -> slo.outcome() == Outcome.FAILED)
                && run.clock().nanoTime() - start < PATIENCE.toNanos();
    }

    private void noteEarlier(int attempt) {
        if (attempt > 1) {
            run.findings().note("This is baseline number " + attempt + ": those before it were not steady.");
        }
    }
}
