// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.inject.Targets;
import dev.chaosjunit.load.LoadGenerator;
import dev.chaosjunit.load.OpenLoad;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.result.Outcome;
import java.io.PrintStream;
import java.time.Instant;
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
    private final LoadGenerator generator;
    private final Clock clock;
    private final Losses losses;
    private final Listener.Factory listeners;
    private final Optional<SpanStore> spans;
    private final Rehearsal rehearsal = new Rehearsal();
    private final List<String> notes = new ArrayList<>();

    /**
     * Take pods and faults that are closed by others, later; how far a run is goes to a stream, line by line.
     *
     * @param spans where pods' traces are received, if they are
     */
    public ExperimentRunner(Cluster cluster, Injector injector, PrintStream out, Optional<SpanStore> spans) {
        this(cluster, injector, OpenLoad::start, Clock.SYSTEM, Listener.printing(out), spans);
    }

    ExperimentRunner(
            Cluster cluster, Injector injector, LoadGenerator generator, Clock clock, Listener.Factory listeners) {
        this(cluster, injector, generator, clock, listeners, Optional.empty());
    }

    ExperimentRunner(
            Cluster cluster,
            Injector injector,
            LoadGenerator generator,
            Clock clock,
            Listener.Factory listeners,
            Optional<SpanStore> spans) {
        this.cluster = cluster;
        this.injector = injector;
        this.generator = generator;
        this.clock = clock;
        this.losses = new Losses(cluster, injector, clock);
        this.listeners = listeners;
        this.spans = spans;
    }

    /** Whether something is gone that the services and their faults stand on. */
    public Losses losses() {
        return losses;
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
        if (spans.isEmpty() && !experiment.traces().isEmpty()) {
            throw new IllegalArgumentException(
                    "what must hold of traces needs traces that are received here: put @Traces"
                            + " on the class, and run it locally or in k3s");
        }
        Findings findings = new Findings(experiment, cluster, clock);
        notes.forEach(findings::note);
        notes.clear();
        experiment.faults().forEach(fault -> fault.caution().ifPresent(findings::note));
        experiment
                .tokens()
                .ifPresent(chaos ->
                        chaos.make(experiment.loads(), Instant.now()).leftOut().forEach(findings::note));
        try (LossWatch watch = new LossWatch(losses)) {
            try {
                watch.check();
                loop(experiment, body, findings, watch);
            } catch (InterruptedException | RuntimeException e) {
                if (losses.lately().isEmpty() && !isDueToEnd(e, findings)) {
                    throw e;
                }
                if (e instanceof RuntimeException) {
                    findings.threw(e);
                }
            }
            findings.judgePods();
            Optional<String> lost = findings.passed() ? losses.now() : losses.lately();
            if (!findings.passed() && lost.isEmpty()) {
                findings.logLines(new PodLogs(cluster, findings).ofFailedRequest(experiment, spans.isPresent()));
            }
            return findings.finished(lost);
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
        LoadGenerator sending = ControlGroup.of(experiment, injections, cluster).over(generator);
        new PausedEntry(experiment, injections, cluster.instances(), cluster.services())
                .warnings()
                .forEach(findings::note);
        Optional<GoroutineCheck> goroutines =
                experiment.goroutines().map(wanted -> GoroutineCheck.of(wanted, cluster, clock));
        AtomicReference<@Nullable Loads> live = new AtomicReference<>();
        try (Listener listener = listeners.listen(experiment.id(), () -> live(live.get()));
                FaultSchedule faults = FaultSchedule.attach(injector, injections, clock);
                Replacements replacements = new Replacements(cluster, faults, random, clock);
                Departures departures = new Departures(cluster, faults, clock)) {
            Run run = new Run(experiment, cluster, sending, clock, listener, watch, findings, spans);
            rehearsal.run(run);
            if (goroutines.isPresent()) {
                goroutines.get().takeBaseline();
            }
            ExperimentRun stages = new ExperimentRun(run, faults, replacements, departures, goroutines);
            try (Loads loads = run.startLoads()) {
                live.set(loads);
                stages.windows(loads, body);
            } finally {
                findings.killed(faults.killed());
            }
            live.set(null);
            stages.finish(new Repetition(run, injector));
        }
    }

    private static String live(@Nullable Loads loads) {
        return loads == null ? "" : loads.live();
    }
}
