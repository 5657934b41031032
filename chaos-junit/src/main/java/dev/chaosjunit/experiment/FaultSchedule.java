// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.Cut;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.inject.SideBySide;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * The faults of one experiment: attached, switched on together, each lifted when its time is over. None waits for another
 * that takes long to lift, as where a node does not answer any more.
 */
public final class FaultSchedule implements AutoCloseable {
    private final List<ActiveFault> faults;
    private final Set<ActiveFault> on = new LinkedHashSet<>();
    private final Map<Fault, CompletableFuture<Void>> over = new ConcurrentHashMap<>();
    private final Map<Fault, Long> began = new ConcurrentHashMap<>(); // as the next, on System.nanoTime()'s clock
    private final Map<Fault, Long> ended = new ConcurrentHashMap<>();
    private final CountDownLatch lifted;
    private volatile long liftedNanos;
    private volatile Runnable whenLifted = () -> {};
    private final Queue<InjectionException> failures = new ConcurrentLinkedQueue<>();
    private final Clock clock;
    private final List<Timer> timers;

    private FaultSchedule(List<ActiveFault> faults, Clock clock) {
        this.clock = clock;
        this.faults = List.copyOf(faults);
        this.timers =
                pending().stream().map(unused -> clock.timer("chaos-revert")).toList();
        this.lifted = new CountDownLatch(timers.size());
    }

    static FaultSchedule attach(Injector injector, List<Injection> injections, Clock clock) {
        return new FaultSchedule(injector.attach(injections), clock);
    }

    /** Switch all on; each is lifted when its duration is over, whatever the test does meanwhile. */
    void start() {
        start(1, Duration.ZERO);
    }

    /** The same, but those that last longest for some more time. */
    void start(Duration extension) {
        start(1, extension);
    }

    /** The same, for a share of their durations. */
    void start(double scale) {
        start(scale, Duration.ZERO);
    }

    private void start(double scale, Duration extension) {
        Duration longest =
                pending().stream().map(Fault::duration).max(Duration::compareTo).orElse(Duration.ZERO);
        faults.forEach(this::switchOn);
        Iterator<Timer> timer = timers.iterator();
        for (Fault fault : pending()) {
            long more = fault.duration().equals(longest) ? extension.toNanos() : 0;
            long nanos = Math.round(fault.duration().toNanos() * scale) + more;
            timer.next().after(Duration.ofNanos(nanos), () -> lift(fault));
        }
    }

    private synchronized void switchOn(ActiveFault fault) {
        if (!over.containsKey(fault.fault())) {
            began.putIfAbsent(fault.fault(), clock.nanoTime());
            fault.on();
            on.add(fault);
        }
    }

    /** How far apart faults began on several nodes, in a sentence each. */
    List<String> spreads() {
        return faults.stream()
                .flatMap(fault -> fault.spread().stream()
                        .map(spread -> "It began on " + spread.nodes() + " nodes within "
                                + Durations.format(spread.within()) + ": "
                                + fault.fault().describe() + "."))
                .toList();
    }

    /** Where connections were closed as faults began. */
    List<Cut> cuts() {
        return faults.stream().flatMap(fault -> fault.cuts().stream()).toList();
    }

    /**
     * Hit more pods at once, for as long as their fault lasts.
     *
     * @return false when the fault is over already
     * @throws InjectionException when they cannot be hit
     */
    boolean join(Injection later) {
        return pending().contains(later.fault())
                && faults.stream()
                        .filter(active -> active.fault().equals(later.fault()))
                        .findFirst()
                        .map(active -> active.join(later))
                        .orElse(false);
    }

    /** Returns when it is, also where another thread is at it. */
    private void lift(Fault fault) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> sooner = over.putIfAbsent(fault, end);
        if (sooner != null) {
            sooner.join();
            return;
        }
        try {
            take(fault).forEach(this::off);
        } finally {
            noteLifted(fault);
            end.complete(null);
            lifted.countDown();
            if (lifted.getCount() == 0) {
                whenLifted.run();
            }
        }
    }

    /** Have something done once the last is lifted, by whoever lifts it, and perhaps twice; before {@link #start()}. */
    void whenLifted(Runnable then) {
        whenLifted = then;
    }

    private synchronized void noteLifted(Fault fault) {
        liftedNanos = clock.nanoTime();
        ended.put(fault, liftedNanos);
    }

    private synchronized List<ActiveFault> take(Fault fault) {
        List<ActiveFault> due =
                on.stream().filter(active -> active.fault().equals(fault)).toList();
        due.forEach(on::remove);
        return due;
    }

    private void off(ActiveFault fault) {
        try {
            fault.off();
        } catch (InjectionException e) {
            failures.add(e);
        }
    }

    /** Lift those that are still on, before their time; returns when all are. */
    void lift() {
        if (isOnSeveralNodes()) {
            SideBySide.forAll(each(), this::lift);
        } else {
            each().forEach(this::lift);
        }
    }

    private boolean isOnSeveralNodes() {
        return targets().stream().map(pod -> pod.handle().node()).distinct().count() > 1;
    }

    /**
     * Wait until every fault is lifted; at once when this is closed.
     *
     * @return why one could not be lifted in the ordinary way, if so
     */
    public Optional<InjectionException> await() throws InterruptedException {
        clock.await(lifted);
        return Optional.ofNullable(failures.peek());
    }

    /** When the last fault was lifted, on {@link System#nanoTime()}'s clock; only after {@link #await()}. */
    long liftedNanos() {
        return liftedNanos;
    }

    /** Tell findings when each was on, as far as it was and is no more. */
    void periods(Findings findings) {
        each().stream()
                .filter(fault -> began.containsKey(fault) && ended.containsKey(fault))
                .forEach(fault -> findings.period(
                        fault.describe(), fault.name(), began.getOrDefault(fault, 0L), ended.getOrDefault(fault, 0L)));
    }

    /** The faults. */
    List<Fault> each() {
        return faults.stream().map(ActiveFault::fault).distinct().toList();
    }

    /** The faults whose time is not over. */
    List<Fault> pending() {
        return each().stream().filter(fault -> !over.containsKey(fault)).toList();
    }

    /** The pods that are hit. */
    public List<Instance> targets() {
        return faults.stream()
                .flatMap(fault -> fault.instances().stream())
                .distinct()
                .toList();
    }

    /** The pods that one of the faults hits. */
    List<Instance> targets(Fault fault) {
        return faults.stream()
                .filter(active -> active.fault().equals(fault))
                .flatMap(active -> active.instances().stream())
                .toList();
    }

    /** The pods that stand still now. */
    synchronized List<Instance> paused() {
        return on.stream()
                .filter(active -> active.fault().pauses())
                .flatMap(active -> active.instances().stream())
                .toList();
    }

    /** The lives of pods that were ended, or asked to end. */
    List<Handle> killed() {
        return faults.stream().flatMap(fault -> fault.killed().stream()).toList();
    }

    /** What each was seen to do so far. */
    List<FaultWitness> witnesses() {
        return faults.stream()
                .map(fault -> new FaultWitness(fault.fault(), fault.witnesses()))
                .toList();
    }

    /** Detach all; one that is still on is lifted by that. */
    @Override
    public void close() {
        timers.forEach(Timer::close);
        each().forEach(fault ->
                over.putIfAbsent(fault, CompletableFuture.completedFuture(null))); // nobody joins any more
        try {
            InjectionException.forAll(faults, ActiveFault::close);
        } finally {
            while (lifted.getCount() > 0) {
                lifted.countDown();
            }
        }
    }
}
