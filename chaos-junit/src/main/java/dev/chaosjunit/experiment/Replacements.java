// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Scope;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.Targets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Faults follow their pods: while one is on, a pod that comes in the place of one that was hit is hit as well, unless it
 * comes on another node. A container that restarts stays under a fault on its pod's network; its new process is hit anew by
 * one in the process, and not by one on the container's cgroup. Each is noted once.
 */
final class Replacements implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Cluster cluster;
    private final FaultSchedule faults;
    private final Random random;
    private final Set<String> before;
    private final Succession succession = new Succession();
    private final Map<String, Handle> lives = new HashMap<>();
    private final Set<String> missed = new HashSet<>();
    private boolean failed;
    private final Timer timer;

    /** What runs when this is made are the pods that the faults' targets were chosen from. */
    Replacements(Cluster cluster, FaultSchedule faults, Random random, Clock clock) {
        this.timer = clock.timer("chaos-replacements");
        this.cluster = cluster;
        this.faults = faults;
        this.random = random;
        this.before = cluster.instances().stream().map(Instance::uid).collect(Collectors.toSet());
    }

    /** Look after the faults, which are on, until closed. */
    void start(Consumer<String> notes) {
        remember();
        timer.every(Duration.ZERO, BETWEEN_LOOKS, () -> look(notes));
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
            now.stream().filter(this::restarted).forEach(pod -> noteRestart(pod, notes));
            List<Fault> following = faults.pending().stream()
                    .filter(fault -> fault.scope() != Scope.MOMENTS)
                    .toList();
            succeed(following, now, notes);
            following.forEach(fault -> replace(fault, now, notes));
        } catch (RuntimeException e) {
            if (!failed) { // an exception that got out would end the timer without a word
                failed = true;
                notes.accept("Pods could not be followed for a moment of the fault: " + e);
            }
        }
    }

    private boolean restarted(Instance pod) {
        Handle last = lives.get(pod.uid());
        return last != null && !last.equals(pod.handle());
    }

    private void noteRestart(Instance pod, Consumer<String> notes) {
        lives.put(pod.uid(), pod.handle());
        boolean stayed = faults.pending().stream()
                .filter(fault -> fault.scope() == Scope.NETWORK)
                .anyMatch(fault -> isAmong(faults.targets(fault), pod));
        notes.accept("The container of pod " + pod.title() + " restarted during the fault"
                + (stayed ? ", which stayed on." : "."));
    }

    private void succeed(List<Fault> following, List<Instance> now, Consumer<String> notes) {
        List<Instance> hit = following.stream()
                .flatMap(fault -> faults.targets(fault).stream())
                .toList();
        List<Instance> came =
                now.stream().filter(pod -> !before.contains(pod.uid())).toList();
        succession.look(hit, now, came).forEach(pod -> {
            Instance gone = succession.predecessor(pod).orElseThrow();
            notes.accept("Pod " + pod.title() + " came on " + pod.handle().node() + " in the place of " + gone.title()
                    + ", which was on " + gone.handle().node() + ": no fault follows a pod to another node.");
        });
    }

    private void replace(Fault fault, List<Instance> now, Consumer<String> notes) {
        List<Instance> hit = faults.targets(fault);
        now.stream()
                .filter(pod -> pod.isSelectedBy(fault.selection().selector()))
                .filter(pod -> hit.stream().noneMatch(one -> isUnder(fault, one, pod)))
                .filter(pod -> isAmong(hit, pod) || isToBeHit(fault, hit, pod))
                .forEach(pod -> join(fault, pod, isAmong(hit, pod), notes));
    }

    private boolean isToBeHit(Fault fault, List<Instance> hit, Instance pod) {
        return !before.contains(pod.uid())
                && !succession.isMoved(pod)
                && (fault.selection().mode() == Mode.ALL
                        || succession
                                .predecessor(pod)
                                .filter(gone -> isAmong(hit, gone))
                                .isPresent());
    }

    private void join(Fault fault, Instance pod, boolean again, Consumer<String> notes) {
        String came = "Pod " + pod.title() + (again ? " restarted" : " came later");
        try {
            if (faults.join(Targets.injection(fault, List.of(pod), cluster, random))) {
                lives.put(pod.uid(), pod.handle());
                notes.accept(came + " and was hit from then on: " + fault.describe() + ".");
            }
        } catch (InjectionException e) {
            if (missed.add(pod.uid())) {
                notes.accept(came + " and could not be hit at once: " + e.getMessage());
            }
        }
    }

    /** Whether what was done to one is on the other: the same pod and, for a fault in a process, the same process. */
    private static boolean isUnder(Fault fault, Instance one, Instance other) {
        return isPod(one, other)
                && (fault.scope() != Scope.PROCESS || one.handle().equals(other.handle()));
    }

    private static boolean isAmong(List<Instance> hit, Instance pod) {
        return hit.stream().anyMatch(one -> isPod(one, pod));
    }

    private static boolean isPod(Instance one, Instance other) {
        return one.uid().equals(other.uid());
    }

    @Override
    public void close() {
        timer.close();
    }
}
