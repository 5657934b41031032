// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.observe.profile.Profiles;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultPeriod;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LogLine;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TokenResult;
import dev.chaosjunit.result.Touched;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What one run of an experiment found so far; it becomes the result, however the run ends. */
final class Findings {
    private final Experiment experiment;
    private final Cluster cluster;
    private final Clock clock;
    private final Instant started = Instant.now();
    private final long start;
    private final PodsAtStart pods;
    private final Verdict verdict = new Verdict();
    private final List<Window> windows = new ArrayList<>();
    private final List<FaultPeriod> periods = new ArrayList<>();
    private final List<SloResult> slos = new ArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final Set<Handle> killed = new HashSet<>();
    private List<LoadResult> loads = List.of();
    private List<FaultResult> witnesses = List.of();
    private List<Touched> touched = List.of();
    private List<TokenResult> tokens = List.of();
    private List<GoroutineResult> goroutines = List.of();
    private @Nullable TraceResult traces;
    private @Nullable Profiles profiles;
    private List<String> failedTraces = List.of();
    private List<LogLine> logLines = List.of();
    private @Nullable Stage current;
    private @Nullable Throwable thrown;
    private long injected; // on the run's clock, as the next; 0 while it has not come
    private long reverted;
    private @Nullable EarlyEnd early;

    Findings(Experiment experiment, Cluster cluster, Clock clock) {
        this.experiment = experiment;
        this.cluster = cluster;
        this.clock = clock;
        this.start = clock.nanoTime();
        this.pods = new PodsAtStart(cluster, clock);
    }

    Verdict verdict() {
        return verdict;
    }

    /** The moment that a result counts from, on the run's clock. */
    long start() {
        return start;
    }

    double elapsedMs() {
        return msAt(clock.nanoTime());
    }

    /** When a moment is, in nanoseconds since 1970. */
    long epochNanos(long nanos) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, started) + nanos - start;
    }

    /** When a moment is, from the start. */
    double msAt(long nanos) {
        return (nanos - start) / 1e6;
    }

    void enter(Stage stage) {
        current = stage;
    }

    /** The stage that was entered last; null before the first. */
    @Nullable Stage current() {
        return current;
    }

    void window(Stage stage, long from, long to) {
        windows.add(new Window(stage, msAt(from), msAt(to)));
    }

    /** A fault was on, from one moment to another on the run's clock. */
    void period(String fault, String kind, long from, long to) {
        periods.add(new FaultPeriod(fault, kind, msAt(from), msAt(to)));
    }

    List<Window> windows() {
        return windows;
    }

    void injected(long from) {
        injected = from;
    }

    long injected() {
        return injected;
    }

    boolean isInjected() {
        return injected != 0;
    }

    void reverted(long to) {
        reverted = to;
        window(Stage.FAULT, injected, reverted);
    }

    long reverted() {
        return reverted;
    }

    /** The fault was ended before its time. */
    void endedEarly(EarlyEnd why) {
        early = why;
    }

    Optional<EarlyEnd> early() {
        return Optional.ofNullable(early);
    }

    /** Whether the verdict begins with what may have caused what the test's own code ran into. */
    private boolean isExplained() {
        return verdict.hasEnds() || early().flatMap(EarlyEnd::broken).isPresent();
    }

    boolean isReverted() {
        return reverted != 0;
    }

    PodsAtStart pods() {
        return pods;
    }

    void note(String line) {
        notes.add(line);
    }

    /** Lives that a fault was to end: nobody is blamed for that. */
    void killed(List<Handle> lives) {
        killed.addAll(lives);
    }

    private List<PodEnd> unasked() {
        return pods.ends().stream().filter(end -> !killed.contains(end.life())).toList();
    }

    void slos(List<SloResult> judged) {
        slos.addAll(judged);
    }

    void loads(List<LoadResult> results) {
        loads = results;
    }

    void witnesses(List<FaultWitness> faults) {
        witnesses = FaultWitness.pods(faults);
        verdict.foremost(SideEffects.of(witnesses).lines());
        verdict.witnesses(faults);
    }

    void touched(List<Touched> results) {
        touched = results;
        verdict.touched(results);
    }

    void tokens(List<TokenResult> results) {
        tokens = results;
        verdict.tokens(results);
    }

    @Nullable TraceResult traces() {
        return traces;
    }

    void traces(TraceResult result) {
        traces = result;
    }

    void profiles(Profiles taken) {
        profiles = taken;
    }

    private @Nullable ProfileResult profiles() {
        return profiles == null
                ? null
                : ProfileSummary.of(
                        profiles, traces, experiment.mark(Stage.FAULT).id());
    }

    /** Requests of the fault window that failed, by their traces; the one that is worth a look first. */
    void failedTraces(List<String> ids) {
        failedTraces = ids;
    }

    List<String> failedTraces() {
        return failedTraces;
    }

    void logLines(List<LogLine> lines) {
        logLines = lines;
    }

    void goroutines(List<GoroutineResult> results) {
        goroutines = results;
        verdict.goroutines(results);
    }

    @Nullable Throwable thrown() {
        return thrown;
    }

    void threw(Throwable what) {
        if (thrown != null && thrown != what) {
            what.addSuppressed(thrown);
        }
        thrown = what;
    }

    /** Whether pods whose process ended so far may do so, or none did. */
    boolean isUnharmed() {
        return experiment.podsMayEnd() || unasked().isEmpty();
    }

    /** The same, but word of an end may still be on its way. */
    boolean isUnharmedLately() throws InterruptedException {
        if (isUnharmed()) {
            clock.sleep(cluster.endsToldWithin());
        }
        return isUnharmed();
    }

    /** What became of the pods that ran when this began. */
    void judgePods() {
        PodEnds ends = new PodEnds(unasked(), injected, reverted);
        pods.gone().stream()
                .filter(pod -> ends.ends().stream().noneMatch(end -> end.pod().equals(pod)))
                .forEach(pod -> notes.add("Pod " + pod + " ended during the experiment."));
        if (experiment.podsMayEnd()) {
            ends.notes().forEach(note -> notes.add(note + " @PodsMayEnd allows it."));
        } else {
            verdict.ends(ends);
        }
    }

    boolean passed() {
        return verdict.outcome() == Outcome.PASSED && thrown == null;
    }

    /**
     * The result; where something of ours was lost, nothing is held against anybody.
     *
     * @param lost what, as {@link Cluster#lost} has it
     */
    Finished finished(Optional<String> lost) {
        if (lost.isEmpty()) {
            ExperimentResult judged = result(verdict.outcome(), verdict.summary())
                    .slos(slos)
                    .tokens(tokens)
                    .goroutines(goroutines)
                    .build();
            return new Finished(judged, thrown, false, isExplained());
        }
        verdict.reasons().forEach(reason -> notes.add("Seen as well, and held against nobody: " + reason));
        String when = current == null ? "Before the first window, " : "In the " + current + " window, ";
        String summary = when + lost.get() + ".\nThat is not the services' doing, so nothing was decided.";
        return new Finished(result(Outcome.INCONCLUSIVE, summary).build(), thrown, true, false);
    }

    /** All but what is held against somebody. */
    private ExperimentResult.Builder result(Outcome outcome, String summary) {
        return ExperimentResult.of(experiment.id(), experiment.title())
                .outcome(outcome, summary)
                .started(started)
                .on(cluster.describe(), System.getProperty("os.version"))
                .seed(experiment.seed())
                .windows(windows)
                .loads(loads)
                .faults(witnesses)
                .periods(periods)
                .touched(touched)
                .traces(traces)
                .profiles(profiles())
                .logLines(logLines)
                .leftOut(cluster.leftOut())
                .notes(notes);
    }
}
