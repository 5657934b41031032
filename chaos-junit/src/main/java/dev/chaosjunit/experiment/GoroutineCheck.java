// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.observe.GoroutineWatches;
import dev.chaosjunit.result.GoroutineResult;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** The goroutines of every pod that serves pprof, counted while an experiment runs and judged at its end. */
final class GoroutineCheck {
    private final GoroutineRecovery wanted;
    private final Cluster cluster;
    private final GoroutineWatches watches;

    private GoroutineCheck(GoroutineRecovery wanted, Cluster cluster, List<Instance> pods) {
        this.wanted = wanted;
        this.cluster = cluster;
        this.watches = new GoroutineWatches(pods, wanted.port(), cluster::reach);
    }

    /** Refuse a port that no pod has; nothing would be watched. */
    static GoroutineCheck of(GoroutineRecovery wanted, Cluster cluster) {
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
        return new GoroutineCheck(wanted, cluster, pods);
    }

    void takeBaseline() throws InterruptedException {
        watches.takeBaseline();
    }

    /** Count once a second until closed, for the chart. */
    ScheduledExecutorService count(DoubleSupplier elapsedMs) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "chaos-goroutines");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleAtFixedRate(() -> watches.sample(elapsedMs.getAsDouble()), 0, 1, TimeUnit.SECONDS);
        return timer;
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
