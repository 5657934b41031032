// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.inject.Targets;
import dev.chaosjunit.load.Routes;
import dev.chaosjunit.report.Progress;
import dev.chaosjunit.result.Outcome;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs experiments against one cluster, one after another: they share its services. */
public final class ExperimentRunner {
    private final Cluster cluster;
    private final Injector injector;
    private final PrintStream out;
    private final Rehearsal rehearsal = new Rehearsal();
    private final List<String> notes = new ArrayList<>();

    public ExperimentRunner(Cluster cluster, Injector injector, PrintStream out) {
        this.cluster = cluster;
        this.injector = injector;
        this.out = out;
    }

    /** Have the next result say something of what was before it. */
    public synchronized void note(String line) {
        notes.add(line);
    }

    /**
     * Run one experiment: its faults are lifted and detached when this returns or throws. Where something of our own is
     * gone that it stands on, now or later, it ends at once, and the result says what.
     *
     * @throws InjectionException when its faults cannot be injected; nothing was then
     * @throws InterruptedException when interrupted before the first window; later, the result says so
     */
    public synchronized Finished run(Experiment experiment, Body body) throws InterruptedException {
        Findings findings = new Findings(experiment, cluster);
        notes.forEach(findings::note);
        notes.clear();
        try (LossWatch watch = new LossWatch(cluster, injector)) {
            try {
                watch.check();
                loop(experiment, body, findings, watch);
            } catch (InterruptedException | RuntimeException e) {
                if (watch.lostLately().isEmpty() && !isDueToEnd(e, findings)) {
                    throw e;
                }
                if (e instanceof RuntimeException) {
                    findings.threw(e);
                }
            }
            findings.judgePods();
            return findings.finished(findings.passed() ? watch.lost() : watch.lostLately());
        }
    }

    /** A pod that has just ended cannot be hit, and that says little: the verdict begins with its end. */
    private static boolean isDueToEnd(Exception e, Findings findings) throws InterruptedException {
        if (!(e instanceof InjectionException) || findings.isUnharmedLately()) {
            return false;
        }
        findings.verdict().add(Outcome.INCONCLUSIVE, String.valueOf(e.getMessage()));
        return true;
    }

    private void loop(Experiment experiment, Body body, Findings findings, LossWatch watch)
            throws InterruptedException {
        Random random = new Random(experiment.seed());
        List<Injection> injections = Targets.choose(experiment.faults(), cluster, random);
        Routes routes = new ServiceRoutes(cluster);
        Optional<GoroutineCheck> goroutines = experiment.goroutines().map(wanted -> GoroutineCheck.of(wanted, cluster));
        AtomicReference<@Nullable Loads> live = new AtomicReference<>();
        try (Progress progress = new Progress(experiment.id(), out, () -> live(live.get()));
                FaultSchedule faults = FaultSchedule.attach(injector, injections);
                Replacements replacements = new Replacements(cluster, faults, random);
                Departures departures = new Departures(cluster, faults)) {
            if (rehearsal.isDue(experiment)) {
                findings.enter("rehearsal");
                progress.window("rehearsal", experiment.rehearsal());
                rehearsal.run(experiment.loads(), routes, experiment.rehearsal(), watch);
            }
            if (goroutines.isPresent()) {
                goroutines.get().takeBaseline();
            }
            ExperimentRun run = new ExperimentRun(
                    experiment, faults, replacements, departures, goroutines, progress, watch, findings);
            try (Loads loads = Loads.start(experiment.loads(), routes)) {
                live.set(loads);
                run.windows(loads, body);
            }
            live.set(null);
            run.finish(new Repetition(experiment, cluster, injector, progress, watch, findings));
        }
    }

    private static String live(@Nullable Loads loads) {
        return loads == null ? "" : loads.live();
    }
}
