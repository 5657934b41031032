// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.observe.GoroutineWatches;
import dev.chaosjunit.result.GoroutineResult;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The goroutines of every pod that serves pprof, counted while an experiment runs and judged at its end. */
final class GoroutineCheck {
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

    private final GoroutineRecovery wanted;
    private final Cluster cluster;
    private final Clock clock;
    private final GoroutineWatches watches;

    private GoroutineCheck(GoroutineRecovery wanted, Cluster cluster, List<Instance> pods, Clock clock) {
        this.wanted = wanted;
        this.cluster = cluster;
        this.clock = clock;
        this.watches = new GoroutineWatches(pods, wanted.port(), cluster::reach, clock);
    }

    /** Refuse a port that no pod has; nothing would be watched. */
    static GoroutineCheck of(GoroutineRecovery wanted, Cluster cluster, Clock clock) {
        List<Instance> pods = cluster.instances().stream()
                .filter(pod -> pod.ports().containsKey(wanted.port()))
                .toList();
        if (pods.isEmpty()) {
            throw new IllegalArgumentException("@GoroutineBaseline(port): no pod has a container port named \""
                    + wanted.port() + "\" to read goroutines from; the pods' ports are: "
                    + cluster.instances().stream()
                            .map(pod -> pod.name() + " " + pod.ports())
                            .collect(Collectors.joining(", ")));
        }
        return new GoroutineCheck(wanted, cluster, pods, clock);
    }

    void takeBaseline() throws InterruptedException {
        watches.takeBaseline();
    }

    /**
     * Count once a second until closed, for the chart.
     *
     * @param paused pods that answer nobody now: those are left out
     */
    Timer count(DoubleSupplier elapsedMs, Supplier<List<Instance>> paused) {
        Timer timer = clock.timer("chaos-goroutines");
        timer.every(Duration.ZERO, BETWEEN_COUNTS, () -> watches.sample(elapsedMs.getAsDouble(), paused));
        return timer;
    }

    /** Lives that the faults were to end. */
    void killed(List<Handle> lives) {
        watches.killed(lives);
    }

    void judge(double revertedMs, DoubleSupplier elapsedMs) throws InterruptedException {
        watches.judge(revertedMs, wanted.within(), elapsedMs, cluster::instances);
    }

    boolean unsure() {
        return watches.unsure();
    }

    void repeated(double revertedMs, DoubleSupplier elapsedMs, double scale) throws InterruptedException {
        watches.repeated(revertedMs, wanted.within(), elapsedMs, cluster::instances, scale);
    }

    void leaveUnsure(String why) {
        watches.leaveUnsure(why);
    }

    List<GoroutineResult> results() {
        return watches.results();
    }

    GoroutineRecovery wanted() {
        return wanted;
    }
}
