// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.result.GoroutineResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Whether the goroutines of all pods came back after a fault. In order: {@link #takeBaseline()} after a rehearsal whose
 * connections are closed, {@link #sample} as often as once a second, {@link #judge} after the fault, again with our own
 * connections closed, {@link #repeated} while unsure, twice at most, {@link #results}.
 */
public final class GoroutineWatches {
    private static final Duration BETWEEN_COUNTS = Duration.ofMillis(250);
    private static final Duration UNTIL_FLAT = Duration.ofSeconds(10);
    private static final int BASELINE_LOOKS = 3;

    private final List<GoroutineWatch> watches;
    private final Clock clock;
    private final Set<Handle> killed = new HashSet<>();

    /**
     * Watch these pods.
     *
     * @param port name of the container port that serves pprof
     * @param reach where a port of a pod is reached, as {@link dev.chaosjunit.cluster.Cluster#reach} has it
     * @param clock to wait by
     * @throws PprofException when one has no container port of that name
     */
    public GoroutineWatches(
            List<Instance> instances,
            String port,
            BiFunction<Instance, Integer, InetSocketAddress> reach,
            Clock clock) {
        this.clock = clock;
        this.watches = instances.stream()
                .map(instance -> new GoroutineWatch(
                        instance, new Pprof(instance.name(), reach.apply(instance, Pprof.port(instance, port)))))
                .toList();
    }

    /**
     * Wait until the numbers of goroutines are flat (1 s at least, 10 s at most), then take the largest of three looks.
     *
     * @throws PprofException when a pod does not serve pprof
     */
    public void takeBaseline() throws InterruptedException {
        long start = clock.nanoTime();
        boolean flat = false;
        while (!flat && clock.nanoTime() - start < UNTIL_FLAT.toNanos()) {
            clock.sleep(BETWEEN_COUNTS);
            flat = true;
            for (GoroutineWatch watch : watches) {
                flat &= watch.settled();
            }
        }
        for (int look = 0; look < BASELINE_LOOKS; look++) {
            clock.sleep(BETWEEN_COUNTS);
            watches.forEach(GoroutineWatch::lookWhileHealthy);
        }
        watches.forEach(GoroutineWatch::finishBaseline);
    }

    /**
     * Count goroutines for the chart. A pod that does not answer within 2 s has no point.
     *
     * @param atMs from the experiment's start, milliseconds
     * @param paused pods that are not asked, as they stand still; looked up for each pod anew
     */
    public void sample(double atMs, Supplier<List<Instance>> paused) {
        watches.stream()
                .filter(watch -> paused.get().stream()
                        .noneMatch(pod -> pod.uid().equals(watch.instance().uid())))
                .forEach(watch -> watch.sample(atMs));
    }

    /**
     * Look 5 s after the revert, then once a second until all is back or the time is over, and decide.
     *
     * @param revertedMs when the fault ended, from the experiment's start, milliseconds
     * @param within how long goroutines may take to come back, from the revert; the first look is at half of it if that
     *     is sooner than 5 s, and the last one no sooner after the first than the first after the revert
     * @param elapsedMs the time now, from the experiment's start, milliseconds
     * @param running the pods that run now, as {@link dev.chaosjunit.cluster.Cluster#instances()} has them
     */
    public void judge(double revertedMs, Duration within, DoubleSupplier elapsedMs, Supplier<List<Instance>> running)
            throws InterruptedException {
        LookTimes times = new LookTimes(revertedMs, within, elapsedMs, clock);
        times.until(() -> {
            each(undecided(), running, watch -> watch.look(times.nowMs(), times.sinceRevert()));
            return undecided().isEmpty();
        });
        List<GoroutineWatch> again = new ArrayList<>();
        each(undecided(), running, watch -> {
            if (!watch.lastLook(times.nowMs(), times.sinceRevert(), times.half())) {
                again.add(watch);
            }
        });
        if (!again.isEmpty()) {
            clock.sleep(times.half());
            each(again, running, watch -> watch.lastLook(times.nowMs(), times.sinceRevert(), times.half()));
        }
    }

    /** Lives of pods that a fault was to end: such a pod need not have survived. */
    public void killed(Collection<Handle> lives) {
        killed.addAll(lives);
    }

    /** Whether a repetition of the fault could tell more. */
    public boolean unsure() {
        return watches.stream().anyMatch(GoroutineWatch::unsure);
    }

    /**
     * Where that is so, the same load and fault came again, and are over.
     *
     * @param revertedMs when the repeated fault ended; it and the others are as for {@link #judge}
     * @param scale length of the repetition, as a share of the first one's
     */
    public void repeated(
            double revertedMs,
            Duration within,
            DoubleSupplier elapsedMs,
            Supplier<List<Instance>> running,
            double scale)
            throws InterruptedException {
        LookTimes times = new LookTimes(revertedMs, within, elapsedMs, clock);
        times.until(() -> {
            List<GoroutineWatch> grown = new ArrayList<>();
            each(unsureOnes(), running, watch -> {
                if (watch.grown(times.nowMs(), scale)) {
                    grown.add(watch);
                }
            });
            return grown.isEmpty();
        });
        each(unsureOnes(), running, watch -> watch.repeated(times.nowMs(), scale));
    }

    /** The fault cannot be repeated. */
    public void leaveUnsure(String why) {
        unsureOnes().forEach(watch -> watch.leaveUnsure(why));
    }

    /** One result per pod, as {@link #judge} and what came after it have it. */
    public List<GoroutineResult> results() {
        return watches.stream().map(GoroutineWatch::result).toList();
    }

    private List<GoroutineWatch> undecided() {
        return watches.stream().filter(watch -> !watch.decided()).toList();
    }

    private List<GoroutineWatch> unsureOnes() {
        return watches.stream().filter(GoroutineWatch::unsure).toList();
    }

    private void each(List<GoroutineWatch> watches, Supplier<List<Instance>> running, Consumer<GoroutineWatch> look) {
        List<Instance> alive = running.get();
        for (GoroutineWatch watch : watches) {
            Optional<Instance> now = alive.stream()
                    .filter(instance -> instance.uid().equals(watch.instance().uid()))
                    .findFirst();
            now.ifPresentOrElse(
                    instance -> {
                        watch.lives(instance);
                        look.accept(watch);
                    },
                    killed.contains(watch.instance().handle()) ? watch::killed : watch::gone);
        }
    }
}
