// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.report.Progress;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** One pass through the loop, and what it found so far. */
final class ExperimentRun {
    /** So often the steady state may be sought before there is no experiment: a machine may be busy for a moment. */
    private static final int BASELINES = 3;

    private static final Duration STEP = Duration.ofMillis(200);

    private final Experiment experiment;
    private final Cluster cluster;
    private final FaultSchedule faults;
    private final Replacements replacements;
    private final Optional<GoroutineCheck> goroutines;
    private final Progress progress;

    private final Instant started = Instant.now();
    private final long start = System.nanoTime();
    private final List<String> podsAtStart;
    private final Verdict verdict = new Verdict();
    private final List<Window> windows = new ArrayList<>();
    private final List<SloResult> slos = new ArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private List<LoadResult> loadResults = List.of();
    private List<FaultResult> witnesses = List.of();
    private List<GoroutineResult> goroutineResults = List.of();
    private String current = "";
    private long injected; // on the clock of nanoTime, as the next; 0 while it has not come
    private long reverted;
    private @Nullable Throwable thrown;

    ExperimentRun(
            Experiment experiment,
            Cluster cluster,
            FaultSchedule faults,
            Replacements replacements,
            Optional<GoroutineCheck> goroutines,
            Progress progress) {
        this.experiment = experiment;
        this.cluster = cluster;
        this.faults = faults;
        this.replacements = replacements;
        this.goroutines = goroutines;
        this.progress = progress;
        this.podsAtStart = cluster.instances().stream().map(Instance::name).toList();
    }

    /** Baseline, and if that is steady, fault and recovery. An interrupt cuts them short, but what was seen is kept. */
    void windows(Loads loads, Body body) {
        Optional<ScheduledExecutorService> counting = goroutines.map(check -> check.count(this::elapsedMs));
        try {
            if (experiment.loads().isEmpty() || steady(loads)) {
                fault(body);
                recovery(loads);
            }
        } catch (InterruptedException e) {
            cutShort(e);
        } finally {
            counting.ifPresent(ScheduledExecutorService::shutdownNow);
        }
        loads.stop();
        loadResults = loads.results(start, windows);
    }

    private boolean steady(Loads loads) throws InterruptedException {
        Duration length = experiment.windows().baseline();
        for (int attempt = 1; true; attempt++) {
            enter("baseline", length);
            long from = System.nanoTime();
            List<SloResult> baseline = steadyState(loads, "baseline", from, length);
            if (met(baseline) || attempt == BASELINES) {
                slos.addAll(baseline);
                windows.add(window("baseline", from, from + length.toNanos()));
                verdict.unsteady(baseline);
                return met(baseline);
            }
            notes.add("Baseline " + attempt + " of at most " + BASELINES + " was not steady.");
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
        long from = System.nanoTime();
        faults.start();
        injected = from;
        enter("fault", longestFault());
        try (replacements;
                Departures departures = new Departures(cluster, faults)) {
            replacements.start(notes::add);
            departures.start(injected, notes::add);
            runBody(body);
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
            thrown = e;
            String why = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
            verdict.add(Outcome.FAILED, "The test's own check failed during the fault: " + why);
        }
    }

    private void reverted() {
        reverted = faults.liftedNanos();
        windows.add(window("fault", injected, reverted));
    }

    /** The fault is lifted at once, and there is no verdict; the interrupt becomes what the experiment threw. */
    private void cutShort(InterruptedException e) {
        faults.lift();
        if (injected != 0 && reverted == 0) {
            reverted();
        }
        if (thrown != null) {
            e.addSuppressed(thrown);
        }
        thrown = e;
        verdict.add(Outcome.INCONCLUSIVE, "Interrupted, as by a time-out of the test, in the " + current + " window.");
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
            notes.add("Steady again " + Durations.format(settled) + " after the revert.");
        }
        long from = reverted + settled.toNanos();
        windows.add(window("recovery", from, from + length.toNanos()));
        loads.settle(injected, reverted);
        List<SloResult> during = loads.judge(experiment.slos(), Phase.FAULT, "fault", injected, reverted);
        slos.addAll(during);
        verdict.slos(during);
        slos.addAll(after);
        verdict.slos(after);
    }

    /** After the load's connections are closed: witnesses, goroutines, verdict. */
    Finished finish() {
        if (injected != 0) {
            witness();
            try {
                goroutines();
            } catch (InterruptedException e) {
                cutShort(e);
            }
        }
        return finished();
    }

    private void goroutines() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (goroutines.isPresent() && !(thrown instanceof InterruptedException)) {
            GoroutineCheck check = goroutines.get();
            enter("goroutines", check.wanted().within());
            goroutineResults = check.judge((reverted - start) / 1e6, this::elapsedMs);
            verdict.goroutines(goroutineResults);
        }
    }

    private void enter(String window, Duration length) {
        current = window;
        progress.window(window, length);
    }

    private void witness() {
        try {
            witnesses = faults.witnesses();
            verdict.witnesses(witnesses);
        } catch (InjectionException e) {
            helperGone(e);
        }
        List<String> now = cluster.instances().stream().map(Instance::name).toList();
        podsAtStart.stream()
                .filter(pod -> !now.contains(pod))
                .forEach(pod -> notes.add("Pod " + pod + " ended during the experiment."));
    }

    private void helperGone(InjectionException e) {
        verdict.add(Outcome.INCONCLUSIVE, "The fault ended before its time: " + e.getMessage());
    }

    private Finished finished() {
        ExperimentResult result = new ExperimentResult(
                experiment.id(),
                experiment.title(),
                verdict.outcome(),
                verdict.summary(),
                started,
                cluster.describe(),
                System.getProperty("os.version"),
                experiment.seed(),
                windows,
                loadResults,
                slos,
                witnesses,
                goroutineResults,
                notes);
        return new Finished(result, thrown);
    }

    private Duration longestFault() {
        return experiment.faults().stream()
                .map(fault -> fault.duration())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private Window window(String name, long from, long to) {
        return new Window(name, (from - start) / 1e6, (to - start) / 1e6);
    }

    private double elapsedMs() {
        return (System.nanoTime() - start) / 1e6;
    }
}
