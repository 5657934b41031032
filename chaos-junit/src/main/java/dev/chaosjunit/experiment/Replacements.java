// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.Targets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Faults follow their pods: while one is on, a pod that comes in the place of one that was hit is hit as well, and a
 * container that restarts stays under the fault, which is on its pod's network. Each is noted once.
 */
final class Replacements implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final Cluster cluster;
    private final FaultSchedule faults;
    private final Random random;
    private final Consumer<String> notes;
    private final Set<String> before;
    private final Map<String, Handle> lives = new HashMap<>();
    private final Set<String> missed = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chaos-replacements");
        thread.setDaemon(true);
        return thread;
    });

    Replacements(Cluster cluster, FaultSchedule faults, Random random, Consumer<String> notes) {
        this.cluster = cluster;
        this.faults = faults;
        this.random = random;
        this.notes = notes;
        this.before = cluster.instances().stream().map(Instance::uid).collect(Collectors.toSet());
        faults.targets().forEach(pod -> lives.put(pod.uid(), pod.handle()));
    }

    void start() {
        var unused = timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void look() {
        List<Instance> now = cluster.instances();
        now.forEach(this::noteRestart);
        faults.pending().forEach(fault -> replace(fault, now));
    }

    private void noteRestart(Instance pod) {
        Handle last = lives.get(pod.uid());
        if (last != null && !last.equals(pod.handle())) {
            lives.put(pod.uid(), pod.handle());
            notes.accept("The container of pod " + pod.name() + " restarted during the fault, which stayed on.");
        }
    }

    private void replace(Fault fault, List<Instance> now) {
        Set<String> running = now.stream().map(Instance::uid).collect(Collectors.toSet());
        List<Instance> hit = faults.targets(fault);
        List<Instance> fresh = now.stream()
                .filter(pod -> fault.selection().selector().matches(pod.labels()))
                .filter(pod -> !before.contains(pod.uid()) && hit.stream().noneMatch(one -> isPod(one, pod)))
                .toList();
        long wanted = fault.selection().mode() == Mode.ALL
                ? fresh.size()
                : originally(hit)
                        - hit.stream()
                                .filter(pod -> running.contains(pod.uid()))
                                .count();
        fresh.stream().limit(Math.max(0, wanted)).forEach(pod -> join(fault, pod));
    }

    /** How many pods the fault's mode chose: all that were hit, but for those that came in another's place. */
    private long originally(List<Instance> hit) {
        return hit.stream().filter(pod -> before.contains(pod.uid())).count();
    }

    private void join(Fault fault, Instance pod) {
        try {
            if (faults.join(Targets.injection(fault, pod, cluster, random))) {
                lives.put(pod.uid(), pod.handle());
                notes.accept("Pod " + pod.name() + " came during the fault and was hit from then on: "
                        + fault.describe() + ".");
            }
        } catch (InjectionException e) {
            if (missed.add(pod.uid())) {
                notes.accept(
                        "Pod " + pod.name() + " came during the fault and could not be hit at once: " + e.getMessage());
            }
        }
    }

    private static boolean isPod(Instance one, Instance other) {
        return one.uid().equals(other.uid());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
