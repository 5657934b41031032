// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.observe.GoroutineRule.Finding;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Count;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One pod's goroutines through an experiment; {@link GoroutineWatches} holds the clock. */
final class GoroutineWatch {
    private static final int COUNTS_WHEN_FLAT = 4;

    private Instance instance;
    private boolean restarted;
    private final Pprof pprof;
    private final List<Integer> counts = new ArrayList<>();
    private final List<GoroutineDump> healthy = new ArrayList<>();
    private final Queue<Count> series = new ConcurrentLinkedQueue<>();
    private Baseline baseline = Baseline.of(List.of(), OptionalInt.empty());
    private GoroutineRule rule = new GoroutineRule(baseline);
    private StuckLooks stuck = new StuckLooks(baseline);
    private @Nullable Repetitions repetitions;
    private @Nullable Finding finding;

    GoroutineWatch(Instance instance, Pprof pprof) {
        this.instance = instance;
        this.pprof = pprof;
    }

    Instance instance() {
        return instance;
    }

    boolean decided() {
        return finding != null;
    }

    /** Count once more; true when the last few counts hardly differ. */
    boolean settled() {
        counts.add(pprof.count());
        if (counts.size() < COUNTS_WHEN_FLAT) {
            return false;
        }
        List<Integer> last = counts.subList(counts.size() - COUNTS_WHEN_FLAT, counts.size());
        int least = last.stream().mapToInt(Integer::intValue).min().orElse(0);
        int most = last.stream().mapToInt(Integer::intValue).max().orElse(0);
        return most - least <= Math.max(1, most / 50);
    }

    void lookWhileHealthy() {
        healthy.add(pprof.dump());
    }

    void finishBaseline() {
        baseline = Baseline.of(healthy, pprof.leaked());
        rule = new GoroutineRule(baseline);
        stuck = new StuckLooks(baseline);
    }

    /** Count for the chart, from any thread; no point where the pod does not answer, as it may be under a fault. */
    void sample(double atMs) {
        try {
            series.add(new Count(atMs, pprof.count()));
        } catch (PprofException e) {
            // a gap in the chart says it
        }
    }

    /** Look whether all is back. */
    void look(double atMs, Duration sinceRevert) {
        try {
            GoroutineDump look = see(atMs);
            stuck.add(atMs, look);
            if (rule.back(look, OptionalInt.empty()) && rule.back(look, pprof.leaked())) {
                finding = rule.cameBack(sinceRevert);
            }
        } catch (PprofException e) {
            // asked again until the time is over; the last look reports it
        }
    }

    /**
     * The time is over: decide.
     *
     * @param apart how far apart the looks are, at least, that show the same goroutine stuck
     * @return false when some are in a send or a lock, and it takes one more look to know whether they hang
     */
    boolean lastLook(double atMs, Duration sinceRevert, Duration apart) {
        try {
            OptionalInt leaked = pprof.leaked();
            GoroutineDump last = see(atMs);
            stuck.add(atMs, last);
            Set<Long> hung = stuck.hung(apart);
            finding = named(rule.judge(hung, last, leaked, sinceRevert));
            return rule.isLeak(leaked) || !hung.isEmpty() || !stuck.any();
        } catch (PprofException e) {
            unknown(e);
            return true;
        }
    }

    /**
     * The pod as it is now. A process that came in the place of another has the same program and had the same load: it is
     * held against the same baseline, but what the other one was stuck at is over.
     */
    void lives(Instance now) {
        if (!now.isSame(instance)) {
            instance = now;
            restarted = true;
            stuck = new StuckLooks(baseline);
            repetitions = null;
        }
    }

    boolean unsure() {
        return finding != null && finding.unsure();
    }

    /**
     * While the fault is repeated for those that are unsure: whether so much more is left of it that they may leak.
     *
     * @param scale length of the repetition, as a share of the fault's
     */
    boolean grown(double atMs, double scale) {
        try {
            return repetitions(scale).grown(see(atMs));
        } catch (PprofException e) {
            return true; // asked again until the time is over
        }
    }

    /** A repetition is over: decide if that is enough. */
    void repeated(double atMs, double scale) {
        try {
            OptionalInt leaked = pprof.leaked();
            GoroutineDump look = see(atMs);
            repetitions(scale).add(look);
            if (rule.isLeak(leaked)) {
                finding = named(rule.leakProfile(look, leaked));
            } else if (repetitions(scale).decided()) {
                finding = named(GoroutineRule.repeated(repetitions(scale)));
            }
        } catch (PprofException e) {
            unknown(e);
        }
    }

    /** The fault cannot be repeated, so it stays as it is. */
    void leaveUnsure(String why) {
        Finding known = known();
        finding = new Finding(known.outcome(), known.detail() + ": " + why, known.groups());
    }

    private Repetitions repetitions(double scale) {
        Repetitions started = repetitions;
        if (started == null) {
            started = new Repetitions(known().groups(), scale);
            repetitions = started;
        }
        return started;
    }

    private GoroutineDump see(double atMs) {
        GoroutineDump look = pprof.dump();
        series.add(new Count(atMs, look.goroutines().size()));
        return look;
    }

    /** A leak, or what else did not come back, with the requests that it comes from; once it is decided. */
    private Finding named(Finding found) {
        return found.outcome() == Outcome.FAILED && !found.unsure()
                ? pprof.labels().map(labels -> labels.name(found)).orElse(found)
                : found;
    }

    private void unknown(PprofException e) {
        finding = new Finding(Outcome.INCONCLUSIVE, String.valueOf(e.getMessage()), List.of());
    }

    /** The pod is not among those that run any more. */
    void gone() {
        String detail = instance.title() + " (" + instance.handle()
                + ") died or was replaced during the experiment: it did not survive, and has no goroutines to compare";
        finding = new Finding(Outcome.FAILED, detail, List.of());
    }

    /** The same, but that was asked for. */
    void killed() {
        String detail = instance.title() + " (" + instance.handle()
                + ") was killed by the fault, as it was to be, and does not run: it has no goroutines to compare";
        finding = new Finding(Outcome.PASSED, detail, List.of());
    }

    GoroutineResult result() {
        Finding known = known();
        return new GoroutineResult(
                instance.title(),
                baseline.total(),
                series.stream().sorted(Comparator.comparingDouble(Count::atMs)).toList(),
                known.groups(),
                known.outcome(),
                known.detail() + (restarted ? " (its process ended meanwhile; this is the one that came then)" : ""));
    }

    private Finding known() {
        Finding known = finding;
        if (known == null) {
            throw new IllegalStateException(instance.title() + " has not been judged");
        }
        return known;
    }
}
