// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.report.Progress;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.ToLongFunction;
import org.opentest4j.TestAbortedException;

/** One pass through the loop. */
final class ExperimentRun {
    /** So often the steady state may be sought before there is no experiment: a machine may be busy for a moment. */
    private static final int BASELINES = 3;

    private static final Duration STEP = Duration.ofMillis(200);

    private final Experiment experiment;
    private final FaultSchedule faults;
    private final Replacements replacements;
    private final Departures departures;
    private final Optional<GoroutineCheck> goroutines;
    private final Progress progress;
    private final LossWatch watch;
    private final Findings findings;

    private long injected; // on the clock of nanoTime, as the next; 0 while it has not come
    private long reverted;
    private ToLongFunction<Fault> requests = fault -> 0;

    ExperimentRun(
            Experiment experiment,
            FaultSchedule faults,
            Replacements replacements,
            Departures departures,
            Optional<GoroutineCheck> goroutines,
            Progress progress,
            LossWatch watch,
            Findings findings) {
        this.experiment = experiment;
        this.faults = faults;
        this.replacements = replacements;
        this.departures = departures;
        this.goroutines = goroutines;
        this.progress = progress;
        this.watch = watch;
        this.findings = findings;
    }

    /** Baseline, and if that is steady, fault and recovery. An interrupt cuts them short, but what was seen is kept. */
    void windows(Loads loads, Body body) {
        watch.started(loads);
        Optional<ScheduledExecutorService> counting = goroutines.map(check -> check.count(findings::elapsedMs));
        try {
            if ((experiment.loads().isEmpty() || steady(loads)) && findings.isUnharmed()) {
                fault(body);
                recovery(loads);
                podsBack();
            }
        } catch (InterruptedException e) {
            cutShort(e);
        } finally {
            counting.ifPresent(ScheduledExecutorService::shutdownNow);
        }
        loads.stop();
        requests = fault -> loads.sent(
                injected, Math.min(reverted, injected + fault.duration().toNanos()));
        findings.loads(loads.results(findings.start(), findings.windows()));
    }

    private boolean steady(Loads loads) throws InterruptedException {
        Duration length = experiment.windows().baseline();
        for (int attempt = 1; true; attempt++) {
            enter("baseline", length);
            long from = System.nanoTime();
            List<SloResult> baseline = steadyState(loads, "baseline", from, length);
            if (met(baseline) || attempt == BASELINES) {
                findings.slos(baseline);
                findings.window("baseline", from, from + length.toNanos());
                findings.verdict().unsteady(baseline);
                return met(baseline);
            }
            findings.note("Baseline " + attempt + " of at most " + BASELINES + " was not steady.");
        }
    }

    /** The steady state from a moment on: waits until the window is over and its answers have come or timed out. */
    private List<SloResult> steadyState(Loads loads, String window, long from, Duration length)
            throws InterruptedException {
        long to = from + length.toNanos();
        Thread.sleep(Math.max(0, (to - System.nanoTime()) / 1_000_000));
        loads.settle(from, to);
        return loads.judge(experiment.slos(), Phase.STEADY, window, from, to);
    }

    private static boolean met(List<SloResult> results) {
        return results.stream().allMatch(slo -> slo.outcome() == Outcome.PASSED);
    }

    private void fault(Body body) throws InterruptedException {
        enter("fault", experiment.longestFault());
        long from = System.nanoTime();
        faults.start();
        injected = from;
        findings.injected(injected);
        try (replacements;
                departures) {
            replacements.start(findings::note);
            departures.start(injected, findings::note);
            runBody(body);
            watch.check();
            faults.await().ifPresent(this::helperGone);
        }
        reverted();
    }

    private void runBody(Body body) throws InterruptedException {
        try {
            body.run(faults);
        } catch (InterruptedException | TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            findings.threw(e);
            String why = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
            findings.verdict().add(Outcome.FAILED, "The test's own check failed during the fault: " + why);
        }
    }

    private void reverted() {
        reverted = faults.liftedNanos();
        findings.reverted(reverted);
    }

    /** The fault is lifted at once, and there is no verdict; the interrupt becomes what the experiment threw. */
    private void cutShort(InterruptedException e) {
        faults.lift();
        if (injected != 0 && reverted == 0) {
            reverted();
        }
        if (watch.lost().isPresent()) {
            return;
        }
        findings.threw(e);
        findings.verdict()
                .add(
                        Outcome.INCONCLUSIVE,
                        "Interrupted, as by a time-out of the test, in the " + findings.current() + " window.");
    }

    /** The earliest window after the revert that meets the steady state, or the last one that is allowed. */
    private void recovery(Loads loads) throws InterruptedException {
        if (experiment.loads().isEmpty()) {
            return;
        }
        Duration length = experiment.windows().recovery();
        Duration settled = Duration.ZERO;
        enter("recovery", length);
        List<SloResult> after = steadyState(loads, "recovery", reverted, length);
        while (!met(after) && settled.plus(STEP).compareTo(experiment.windows().recoverWithin()) <= 0) {
            settled = settled.plus(STEP);
            after = steadyState(loads, "recovery", reverted + settled.toNanos(), length);
        }
        if (met(after) && !after.isEmpty()) {
            findings.note(
                    settled.isZero()
                            ? "Steady from the revert on."
                            : "Steady again " + Durations.format(settled) + " after the revert.");
        }
        long from = reverted + settled.toNanos();
        findings.window("recovery", from, from + length.toNanos());
        loads.settle(injected, reverted);
        InFlight inFlight = new InFlight(faults.cuts());
        inFlight.describe(loads.samples()).ifPresent(findings::note);
        List<SloResult> during = ofServices(
                loads.judge(experiment.slos(), Phase.FAULT, "fault", injected, reverted, inFlight::isCounted));
        findings.slos(during);
        findings.verdict().slos(during);
        findings.slos(after);
        findings.verdict().slos(after);
    }

    /** A pod that never came back is missed though no request may have needed it. */
    private void podsBack() throws InterruptedException {
        Duration within = experiment.windows().recoverWithin();
        String fewer = findings.pods().awaitBack(reverted, within);
        if (!fewer.isEmpty()) {
            findings.verdict()
                    .add(
                            Outcome.FAILED,
                            "Not all pods came back: " + fewer + " ready, more than " + Durations.format(within)
                                    + " after the fault and the last end of one.");
        }
    }

    /** What faults may have done by their means is not held against the services. */
    private List<SloResult> ofServices(List<SloResult> during) {
        try {
            List<FaultResult> witnesses = FaultWitness.pods(faults.witnesses());
            return HeldRings.of(witnesses).judge(SpinningVerdict.of(witnesses).judge(during));
        } catch (InjectionException e) {
            return during; // told once witnesses are wanted for themselves
        }
    }

    /** After the load's connections are closed: witnesses, goroutines. */
    void finish(Repetition repetition) {
        if (injected == 0) {
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
        watch.check();
        if (goroutines.isPresent() && !(findings.thrown() instanceof InterruptedException)) {
            GoroutineCheck check = goroutines.get();
            enter("goroutines", check.wanted().within());
            check.judge((reverted - findings.start()) / 1e6, findings::elapsedMs);
            if (check.unsure()) {
                faults.close(); // seen and lifted; from now on there are others
                repetition.decide(check);
            }
            findings.goroutines(check.results());
        }
    }

    private void enter(String window, Duration length) {
        findings.enter(window);
        progress.window(window, length);
    }

    private void witness() {
        try {
            List<FaultWitness> witnesses = faults.witnesses();
            findings.witnesses(witnesses);
            if (!experiment.loads().isEmpty()) {
                findings.touched(TouchedRequests.of(witnesses, requests));
            }
        } catch (InjectionException e) {
            helperGone(e);
        }
    }

    private void helperGone(InjectionException e) {
        findings.verdict().add(Outcome.INCONCLUSIVE, "The fault ended before its time: " + e.getMessage());
    }
}
