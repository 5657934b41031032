// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** The faults are on, and the test's own code runs. */
final class FaultStage {
    private final Run run;
    private final FaultSchedule faults;
    private final Replacements replacements;
    private final Departures departures;

    FaultStage(Run run, FaultSchedule faults, Replacements replacements, Departures departures) {
        this.run = run;
        this.faults = faults;
        this.replacements = replacements;
        this.departures = departures;
    }

    /** Returns when the last fault is lifted, and the last mutated token was sent. */
    void run(Loads loads, Body body, Profiling profiling) throws InterruptedException {
        run.enter(Stage.FAULT, run.experiment().longestFault());
        if (run.experiment().tokens().isEmpty()) { // which may be sent for longer
            faults.whenLifted(() -> loads.mark(Optional.empty()));
        }
        loads.mark(Optional.of(run.experiment().mark(Stage.FAULT)));
        long from = run.clock().nanoTime();
        faults.start(run.experiment().extend());
        run.findings().injected(from);
        profiling.begin(run.experiment().longestFault());
        faults.spreads().forEach(run.findings()::note);
        try (replacements;
                departures;
                MutatedRequests mutated = MutatedRequests.start(run, 1)) {
            replacements.start(run.findings()::note);
            departures.start(from, run.findings()::note);
            try (LimitWatch limits = LimitWatch.start(run, loads, faults, () -> end(mutated))) {
                runBody(body);
                limits.bodyIsOver();
                run.watch().check();
                await(mutated, limits);
            }
        } finally {
            profiling.windowEnds();
            loads.mark(Optional.empty());
        }
    }

    private void await(MutatedRequests mutated, LimitWatch limits) throws InterruptedException {
        faults.await().ifPresent(run.findings().verdict()::endedEarly);
        mutated.await();
        run.findings().tokens(mutated.results());
        mutated.period(run.findings().injected());
        run.findings().reverted(mutated.overNanos(faults));
        limits.tell(run.findings());
    }

    private void end(MutatedRequests mutated) {
        faults.lift();
        mutated.end();
    }

    private void runBody(Body body) throws InterruptedException {
        try {
            body.run(faults);
        } catch (InterruptedException | TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            run.findings().threw(e);
            String why = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
            run.findings().verdict().add(Outcome.FAILED, Body.FAILED + ": " + why);
        }
    }

    /** Lift the faults before their time, if they are on. */
    void end() {
        faults.lift();
        if (run.findings().isInjected() && !run.findings().isReverted()) {
            boolean any = !run.experiment().faults().isEmpty();
            run.findings().reverted(any ? faults.liftedNanos() : run.clock().nanoTime());
        }
    }
}
