// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.result.FaultResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The faults of one experiment: attached, switched on together, each lifted when its time is over. */
public final class FaultSchedule implements AutoCloseable {
    private final List<ActiveFault> faults;
    private final Set<ActiveFault> on = new LinkedHashSet<>();
    private final CountDownLatch lifted;
    private volatile long liftedNanos;
    private final Queue<InjectionException> failures = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chaos-revert");
        thread.setDaemon(true);
        return thread;
    });

    private FaultSchedule(List<ActiveFault> faults) {
        this.faults = faults;
        this.lifted = new CountDownLatch(faults.size());
    }

    static FaultSchedule attach(Injector injector, List<Injection> injections) {
        return new FaultSchedule(injector.attach(injections));
    }

    /** Switch all on; each is lifted when its duration is over, whatever the test does meanwhile. */
    void start() {
        for (ActiveFault fault : faults) {
            switchOn(fault);
            long nanos = fault.injection().fault().duration().toNanos();
            var unused = timer.schedule(() -> lift(fault), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void switchOn(ActiveFault fault) {
        fault.on();
        on.add(fault);
    }

    private synchronized void lift(ActiveFault fault) {
        if (!on.remove(fault)) {
            return;
        }
        try {
            fault.off();
        } catch (InjectionException e) {
            failures.add(e);
        } finally {
            liftedNanos = System.nanoTime();
            lifted.countDown();
        }
    }

    /** Lift those that are still on, before their time; returns when all are. */
    synchronized void lift() {
        List.copyOf(on).forEach(this::lift);
    }

    /**
     * Wait until every fault is lifted; at once when this is closed.
     *
     * @return why one could not be lifted in the ordinary way, if so
     */
    public Optional<InjectionException> await() throws InterruptedException {
        lifted.await();
        return Optional.ofNullable(failures.peek());
    }

    /** When the last fault was lifted, on {@link System#nanoTime()}'s clock; only after {@link #await()}. */
    long liftedNanos() {
        return liftedNanos;
    }

    /** The pods that are hit. */
    public List<Instance> targets() {
        return faults.stream()
                .map(fault -> fault.injection().instance())
                .distinct()
                .toList();
    }

    List<FaultResult> witnesses() {
        return faults.stream().map(ActiveFault::witness).toList();
    }

    /** Detach all; one that is still on is lifted by that. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            ActiveFault.closeAll(faults);
        } finally {
            faults.forEach(fault -> lifted.countDown());
        }
    }
}
