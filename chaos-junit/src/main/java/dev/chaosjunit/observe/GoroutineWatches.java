// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.result.GoroutineResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Whether the goroutines of all pods came back after a fault. In order: {@link #takeBaseline()} after a rehearsal whose
 * connections are closed, {@link #sample} as often as once a second, {@link #judge} after the fault, again with our own
 * connections closed.
 */
public final class GoroutineWatches {
    private static final double UNTIL_FIRST_LOOK_MS = 5_000;
    private static final double BETWEEN_LOOKS_MS = 1_000;
    private static final Duration BETWEEN_COUNTS = Duration.ofMillis(250);
    private static final Duration UNTIL_FLAT = Duration.ofSeconds(10);
    private static final int BASELINE_LOOKS = 3;

    private final List<GoroutineWatch> watches;

    /**
     * Watch these pods.
     *
     * @param port name of the container port that serves pprof
     * @param reach where a port of a pod is reached, as {@link dev.chaosjunit.cluster.Cluster#reach} has it
     * @throws PprofException when one has no container port of that name
     */
    public GoroutineWatches(
            List<Instance> instances, String port, BiFunction<Instance, Integer, InetSocketAddress> reach) {
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
        long start = System.nanoTime();
        boolean flat = false;
        while (!flat && System.nanoTime() - start < UNTIL_FLAT.toNanos()) {
            pause(BETWEEN_COUNTS);
            flat = true;
            for (GoroutineWatch watch : watches) {
                flat &= watch.settled();
            }
        }
        for (int look = 0; look < BASELINE_LOOKS; look++) {
            pause(BETWEEN_COUNTS);
            watches.forEach(GoroutineWatch::lookWhileHealthy);
        }
        watches.forEach(GoroutineWatch::finishBaseline);
    }

    /**
     * Count goroutines for the chart. A pod that does not answer within 2 s has no point.
     *
     * @param atMs from the experiment's start, milliseconds
     */
    public void sample(double atMs) {
        watches.forEach(watch -> watch.sample(atMs));
    }

    /**
     * Look 5 s after the revert, then once a second until all is back or the time is over, and decide.
     *
     * @param revertedMs when the fault ended, from the experiment's start, milliseconds
     * @param within how long goroutines may take to come back, from the revert; the first look is at half of it if that
     *     is sooner than 5 s, and the last one no sooner after the first than the first after the revert
     * @param elapsedMs the time now, from the experiment's start, milliseconds
     * @param running the pods that run now, as {@link dev.chaosjunit.cluster.Cluster#instances()} has them
     * @return one result per pod
     */
    public List<GoroutineResult> judge(
            double revertedMs, Duration within, DoubleSupplier elapsedMs, Supplier<List<Instance>> running)
            throws InterruptedException {
        double untilFirst = Math.min(UNTIL_FIRST_LOOK_MS, within.toMillis() / 2.0);
        while (elapsedMs.getAsDouble() < revertedMs + untilFirst) {
            pause(Duration.ofMillis(20));
        }
        double end = Math.max(revertedMs + within.toMillis(), elapsedMs.getAsDouble() + untilFirst);
        while (elapsedMs.getAsDouble() < end && anyUndecided()) {
            double now = elapsedMs.getAsDouble();
            eachUndecided(running, watch -> watch.look(now, since(revertedMs, now)));
            if (anyUndecided()) {
                pause(Duration.ofMillis((long) Math.min(BETWEEN_LOOKS_MS, Math.max(1, end - now))));
            }
        }
        double now = elapsedMs.getAsDouble();
        eachUndecided(running, watch -> watch.lastLook(now, since(revertedMs, now)));
        return watches.stream().map(GoroutineWatch::result).toList();
    }

    private boolean anyUndecided() {
        return watches.stream().anyMatch(watch -> !watch.decided());
    }

    private void eachUndecided(Supplier<List<Instance>> running, Consumer<GoroutineWatch> look) {
        List<Instance> alive = running.get();
        for (GoroutineWatch watch : watches) {
            if (watch.decided()) {
                continue;
            }
            Optional<Instance> now = alive.stream()
                    .filter(instance -> instance.uid().equals(watch.instance().uid()))
                    .findFirst();
            now.ifPresentOrElse(
                    instance -> {
                        watch.lives(instance);
                        look.accept(watch);
                    },
                    watch::gone);
        }
    }

    private static Duration since(double revertedMs, double nowMs) {
        return Duration.ofMillis(Math.round((nowMs - revertedMs) / 100) * 100);
    }

    private static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
