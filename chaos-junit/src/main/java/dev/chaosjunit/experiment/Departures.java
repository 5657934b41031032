// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.quantity.Durations;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Pods under a fault that leave their Services by it, and come back: load goes past them meanwhile, or finds nobody. Each time
 * is noted.
 */
final class Departures implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Cluster cluster;
    private final FaultSchedule faults;
    private final Set<String> away = new HashSet<>();
    private final Clock clock;
    private final Timer timer;

    Departures(Cluster cluster, FaultSchedule faults, Clock clock) {
        this.clock = clock;
        this.timer = clock.timer("chaos-departures");
        this.cluster = cluster;
        this.faults = faults;
    }

    /** Look after the pods until closed; the faults are on since a moment of the clock. */
    void start(long since, Consumer<String> notes) {
        cluster.unready().forEach(pod -> away.add(pod.uid())); // not by the fault
        timer.every(BETWEEN_LOOKS, BETWEEN_LOOKS, () -> look(since, notes));
    }

    /** An exception that got out would end the timer without a word; what keeps pods from being seen is noted elsewhere. */
    private void look(long since, Consumer<String> notes) {
        try {
            look(Duration.ofNanos(clock.nanoTime() - since), notes);
        } catch (RuntimeException e) {
            System.getLogger(Departures.class.getName()).log(Level.DEBUG, "pods cannot be looked at", e);
        }
    }

    void look(Duration into, Consumer<String> notes) {
        Set<String> unready = cluster.unready().stream().map(Instance::uid).collect(Collectors.toSet());
        for (Instance pod : underFault()) {
            if (unready.contains(pod.uid()) ? away.add(pod.uid()) : away.remove(pod.uid())) {
                notes.accept("Pod " + pod.title()
                        + (away.contains(pod.uid()) ? " was not ready any more " : " was ready again ")
                        + Durations.tenths(into)
                        + " into the fault"
                        + (away.contains(pod.uid()) ? ": it left its Services." : "."));
            }
        }
    }

    /** Those that still run: one that ended has its own note. */
    private List<Instance> underFault() {
        Set<String> hit = faults.targets().stream().map(Instance::uid).collect(Collectors.toSet());
        return cluster.instances().stream()
                .filter(pod -> hit.contains(pod.uid()))
                .toList();
    }

    @Override
    public void close() {
        timer.close();
    }
}
