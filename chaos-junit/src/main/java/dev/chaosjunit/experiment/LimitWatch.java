// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ends the faults as soon as a limit of theirs cannot be met any more, or one of {@code @AbortWhen} is proved to be broken; where that is wanted, also once all are proved to be met and the
 * test's body is over. At the planned end, limits that are undecided have the time that is granted for that on top.
 */
final class LimitWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration TO_LIFT = Duration.ofSeconds(1); // so much longer a window may turn out to be

    private final Run run;
    private final FaultSchedule faults;
    private final DuringFault window;
    private final Runnable end;
    private final Timer timer;
    private final List<WatchedLimit> slos;
    private final List<WatchedLimit> aborts;
    private volatile boolean bodyIsOver;
    private volatile boolean isExtended;
    private volatile @Nullable EarlyEnd ended;

    private LimitWatch(Run run, Loads loads, FaultSchedule faults, Runnable end) {
        this.run = run;
        this.faults = faults;
        this.window = new DuringFault(run, faults, loads);
        this.end = end;
        this.timer = run.clock().timer("chaos-limits");
        long from = run.findings().injected();
        Duration longest =
                run.experiment().longestFault().plus(run.experiment().extend()).plus(TO_LIFT);
        this.slos = loads.watch(run.experiment().faultObjectives(), from, longest);
        this.aborts = loads.watch(run.experiment().abortWhen(), from);
    }

    /**
     * Watch until this is closed or the faults are over.
     *
     * @param end lifts the faults, and returns when they are
     */
    static LimitWatch start(Run run, Loads loads, FaultSchedule faults, Runnable end) {
        LimitWatch watch = new LimitWatch(run, loads, faults, end);
        if (!watch.slos.isEmpty() || !watch.aborts.isEmpty()) {
            watch.timer.every(BETWEEN_LOOKS, BETWEEN_LOOKS, watch::look);
        }
        if (!run.experiment().extend().isZero()) {
            watch.timer.after(run.experiment().longestFault(), watch::timeIsOver);
        }
        return watch;
    }

    private void look() {
        if (ended != null || isOver()) {
            return;
        }
        long now = run.clock().nanoTime();
        InFlight inFlight = new InFlight(faults.cuts());
        Stream.concat(slos.stream(), aborts.stream()).forEach(limit -> limit.look(now, inFlight::isCounted));
        // the body's checks are of what services do under the fault: only who asks for an abort ends it before
        Optional<SloResult> broken = Stream.concat(bodyIsOver ? slos.stream() : Stream.empty(), aborts.stream())
                .flatMap(limit -> limit.broken().stream())
                .findFirst();
        if (broken.isPresent() || mayPass()) {
            ended = new EarlyEnd(
                    Duration.ofNanos(now - run.findings().injected()),
                    run.experiment().longestFault(),
                    broken);
            end.run();
        }
    }

    private boolean isOver() {
        return !run.experiment().faults().isEmpty() && faults.pending().isEmpty();
    }

    /** Before the body is over the fault stays: its checks are of what services do meanwhile. */
    private boolean mayPass() {
        boolean wanted = isExtended || run.experiment().mayPassEarly();
        return wanted
                && bodyIsOver
                && !run.experiment().hasRelativeLimits()
                && slos.stream().allMatch(WatchedLimit::holds)
                && haveHit();
    }

    private boolean haveHit() {
        try {
            return faults.witnesses().stream().allMatch(FaultWitness::isHit);
        } catch (InjectionException e) {
            return false; // told once witnesses are wanted for themselves
        }
    }

    /** The planned end: go on only for what is undecided. */
    private void timeIsOver() {
        if (ended != null) {
            return;
        }
        isExtended =
                window.judge(run.clock().nanoTime()).stream().anyMatch(slo -> slo.outcome() == Outcome.INCONCLUSIVE);
        if (!isExtended) {
            end.run();
        }
    }

    void bodyIsOver() {
        bodyIsOver = true;
    }

    /** Tell findings how the faults ended, once they are over. */
    void tell(Findings findings) {
        EarlyEnd early = ended;
        if (isExtended) {
            Duration planned = run.experiment().longestFault();
            Duration real = Duration.ofNanos(findings.reverted() - findings.injected());
            findings.note("The fault lasted " + Durations.tenths(real) + " instead of " + Durations.format(planned)
                    + ": limits were undecided by then, and extend grants "
                    + Durations.format(run.experiment().extend()) + ".");
        } else if (early != null && early.broken().isEmpty()) {
            findings.note(early.describe());
        }
        if (early != null) {
            findings.endedEarly(early);
        }
    }

    @Override
    public void close() {
        timer.close();
    }
}
