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
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** The faults of one experiment: attached, switched on together, each lifted when its time is over. */
public final class FaultSchedule implements AutoCloseable {
    private final List<ActiveFault> faults;
    private final Set<ActiveFault> on = new LinkedHashSet<>();
    private final Set<Fault> pending = new LinkedHashSet<>();
    private final CountDownLatch lifted;
    private volatile long liftedNanos;
    private final Queue<InjectionException> failures = new ConcurrentLinkedQueue<>();
    private final Clock clock;
    private final Timer timer;

    private FaultSchedule(List<ActiveFault> faults, Clock clock) {
        this.clock = clock;
        this.timer = clock.timer("chaos-revert");
        this.faults = List.copyOf(faults);
        faults.forEach(fault -> pending.add(fault.fault()));
        this.lifted = new CountDownLatch(pending.size());
    }

    static FaultSchedule attach(Injector injector, List<Injection> injections, Clock clock) {
        return new FaultSchedule(injector.attach(injections), clock);
    }

    /** Switch all on; each is lifted when its duration is over, whatever the test does meanwhile. */
    void start() {
        start(1);
    }

    /** The same, for a share of their durations. */
    void start(double scale) {
        faults.forEach(this::switchOn);
        for (Fault fault : List.copyOf(pending)) {
            long nanos = Math.round(fault.duration().toNanos() * scale);
            timer.after(Duration.ofNanos(nanos), () -> lift(fault));
        }
    }

    private synchronized void switchOn(ActiveFault fault) {
        fault.on();
        on.add(fault);
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

    private synchronized void lift(Fault fault) {
        if (!pending.remove(fault)) {
            return;
        }
        List.copyOf(on).stream().filter(active -> active.fault().equals(fault)).forEach(this::off);
        liftedNanos = clock.nanoTime();
        lifted.countDown();
    }

    private void off(ActiveFault fault) {
        on.remove(fault);
        try {
            fault.off();
        } catch (InjectionException e) {
            failures.add(e);
        }
    }

    /** Lift those that are still on, before their time; returns when all are. */
    synchronized void lift() {
        List.copyOf(pending).forEach(this::lift);
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

    /** The faults whose time is not over. */
    synchronized List<Fault> pending() {
        return List.copyOf(pending);
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
        timer.close();
        synchronized (this) {
            pending.clear(); // from now on nobody joins
        }
        try {
            InjectionException.forAll(faults, ActiveFault::close);
        } finally {
            while (lifted.getCount() > 0) {
                lifted.countDown();
            }
        }
    }
}
