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
    private final Set<String> before;
    private final Map<Fault, Integer> wanted = new HashMap<>();
    private final Map<String, Handle> lives = new HashMap<>();
    private final Set<String> missed = new HashSet<>();
    private boolean failed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chaos-replacements");
        thread.setDaemon(true);
        return thread;
    });

    /** What runs when this is made are the pods that the faults' targets were chosen from. */
    Replacements(Cluster cluster, FaultSchedule faults, Random random) {
        this.cluster = cluster;
        this.faults = faults;
        this.random = random;
        this.before = cluster.instances().stream().map(Instance::uid).collect(Collectors.toSet());
        faults.pending()
                .forEach(fault -> wanted.put(fault, faults.targets(fault).size()));
    }

    /** Look after the faults, which are on, until closed. */
    void start(Consumer<String> notes) {
        remember();
        var unused = timer.scheduleWithFixedDelay(() -> look(notes), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What restarted before the fault did not do so under it. */
    void remember() {
        Set<String> hit = faults.targets().stream().map(Instance::uid).collect(Collectors.toSet());
        cluster.instances().stream()
                .filter(pod -> hit.contains(pod.uid()))
                .forEach(pod -> lives.put(pod.uid(), pod.handle()));
    }

    void look(Consumer<String> notes) {
        try {
            List<Instance> now = cluster.instances();
            now.forEach(pod -> noteRestart(pod, notes));
            faults.pending().forEach(fault -> replace(fault, now, notes));
        } catch (RuntimeException e) {
            if (!failed) { // an exception that got out would end the timer without a word
                failed = true;
                notes.accept("Pods could not be followed for a moment of the fault: " + e);
            }
        }
    }

    private void noteRestart(Instance pod, Consumer<String> notes) {
        Handle last = lives.get(pod.uid());
        if (last != null && !last.equals(pod.handle())) {
            lives.put(pod.uid(), pod.handle());
            notes.accept("The container of pod " + pod.name() + " restarted during the fault, which stayed on.");
        }
    }

    private void replace(Fault fault, List<Instance> now, Consumer<String> notes) {
        Set<String> running = now.stream().map(Instance::uid).collect(Collectors.toSet());
        List<Instance> hit = faults.targets(fault);
        List<Instance> fresh = now.stream()
                .filter(pod -> pod.isSelectedBy(fault.selection().selector()))
                .filter(pod -> !before.contains(pod.uid()) && hit.stream().noneMatch(one -> isPod(one, pod)))
                .toList();
        long missing = fault.selection().mode() == Mode.ALL
                ? fresh.size()
                : wanted.getOrDefault(fault, 0)
                        - hit.stream()
                                .filter(pod -> running.contains(pod.uid()))
                                .count();
        fresh.stream().limit(Math.max(0, missing)).forEach(pod -> join(fault, pod, notes));
    }

    private void join(Fault fault, Instance pod, Consumer<String> notes) {
        try {
            if (faults.join(Targets.injection(fault, pod, cluster, random))) {
                lives.put(pod.uid(), pod.handle());
                notes.accept("Pod " + pod.name() + " came later and was hit from then on: " + fault.describe() + ".");
            }
        } catch (InjectionException e) {
            if (missed.add(pod.uid())) {
                notes.accept("Pod " + pod.name() + " came later and could not be hit at once: " + e.getMessage());
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
