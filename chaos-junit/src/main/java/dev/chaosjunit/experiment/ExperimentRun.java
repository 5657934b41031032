// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.observe.profile.Profiles;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** One pass through the stages. */
final class ExperimentRun {
    private final Run run;
    private final Findings findings;
    private final FaultSchedule faults;
    private final FaultStage fault;
    private final Optional<GoroutineCheck> goroutines;
    private Optional<TraceCheck> traces = Optional.empty();
    private ToLongFunction<Fault> requests = fault -> 0;

    ExperimentRun(
            Run run,
            FaultSchedule faults,
            Replacements replacements,
            Departures departures,
            Optional<GoroutineCheck> goroutines) {
        this.run = run;
        this.findings = run.findings();
        this.faults = faults;
        this.fault = new FaultStage(run, faults, replacements, departures);
        this.goroutines = goroutines;
    }

    /** Baseline, and if that is steady, fault and recovery. An interrupt cuts them short, but what was seen is kept. */
    void windows(Loads loads, Body body) {
        try (Profiling profiling = Profiling.of(run)) {
            windows(loads, body, profiling);
        }
    }

    private void windows(Loads loads, Body body, Profiling profiling) {
        traces = TraceCheck.begin(run);
        Optional<Timer> counting = goroutines.map(check -> check.count(findings::elapsedMs, faults::paused));
        try {
            if (mayBegin(loads)) {
                fault.run(loads, body, profiling);
                new RecoveryStage(run, faults, loads).run();
            }
        } catch (InterruptedException e) {
            cutShort(e);
        } finally {
            counting.ifPresent(Timer::close);
        }
        loads.stop();
        requests = whileOn -> loads.sent(
                findings.injected(),
                whileOn.duration().equals(run.experiment().longestFault())
                        ? findings.reverted() // earlier or later than planned
                        : Math.min(
                                findings.reverted(),
                                findings.injected() + whileOn.duration().toNanos()));
        findings.loads(loads.results(findings.start(), findings.windows()));
        judge(loads, profiling);
    }

    private void judge(Loads loads, Profiling profiling) {
        try {
            Profiles profiles = profiling.await();
            if (traces.isPresent()) {
                traces.get().judge(loads, faults, profiles);
            }
            if (run.experiment().profiles().isPresent() && findings.isInjected()) {
                findings.profiles(profiles);
            }
        } catch (InterruptedException e) {
            cutShort(e);
        }
    }

    private boolean mayBegin(Loads loads) throws InterruptedException {
        return (run.experiment().loads().isEmpty() || new BaselineStage(run, loads).isSteady())
                && findings.isUnharmed();
    }

    /** The fault is lifted at once, and there is no verdict; the interrupt becomes what the experiment threw. */
    private void cutShort(InterruptedException e) {
        fault.end();
        if (!run.watch().isLost()) {
            findings.threw(e);
            findings.verdict()
                    .add(
                            Outcome.INCONCLUSIVE,
                            "Interrupted, as by a time-out of the test, in the " + findings.current() + " window.");
        }
    }

    /** After the load's connections are closed: witnesses, goroutines. */
    void finish(Repetition repetition) {
        if (!findings.isInjected()) {
            return;
        }
        witness();
        try {
            goroutines(repetition);
        } catch (InterruptedException e) {
            cutShort(e);
        }
    }

    private void goroutines(Repetition repetition) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        run.watch().check();
        if (goroutines.isPresent() && !(findings.thrown() instanceof InterruptedException)) {
            GoroutineCheck check = goroutines.get();
            run.enter(Stage.GOROUTINES, check.wanted().within());
            check.killed(faults.killed());
            check.judge(findings.msAt(findings.reverted()), findings::elapsedMs);
            if (check.unsure()) {
                faults.close(); // seen and lifted; from now on there are others
                repetition.decide(check);
            }
            findings.goroutines(check.results());
            traces.ifPresent(seen -> seen.leaked(check.results()));
        }
    }

    private void witness() {
        faults.periods(findings);
        try {
            List<FaultWitness> witnesses = faults.witnesses();
            findings.witnesses(witnesses);
            if (!run.experiment().loads().isEmpty()) {
                findings.touched(TouchedRequests.of(witnesses, requests));
            }
        } catch (InjectionException e) {
            findings.verdict().endedEarly(e);
        }
    }
}
