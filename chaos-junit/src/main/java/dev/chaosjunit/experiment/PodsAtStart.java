// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodEnd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pods that a run began with, and what became of them. */
final class PodsAtStart {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Cluster cluster;
    private final Clock clock;
    private final List<String> names;
    private final Map<String, Long> ready;
    private final int endedBefore;

    PodsAtStart(Cluster cluster, Clock clock) {
        this.clock = clock;
        this.cluster = cluster;
        this.names = names(cluster);
        this.ready = ready(cluster);
        this.endedBefore = cluster.ends().size();
    }

    /** The ends of processes since then. */
    List<PodEnd> ends() {
        List<PodEnd> all = cluster.ends();
        return all.subList(Math.min(endedBefore, all.size()), all.size());
    }

    /** Those that run no more under the name they had. */
    List<String> gone() {
        List<String> now = names(cluster);
        return names.stream().filter(pod -> !now.contains(pod)).toList();
    }

    /**
     * Wait until all ends so far are told, and as many pods of each workload are ready as were then.
     *
     * @param since a moment on the clock of {@link System#nanoTime()}; a later end counts in its place
     * @param within how long after that they may take
     * @return which workloads have fewer, and how many; empty where none has
     */
    String awaitBack(long since, Duration within) throws InterruptedException {
        long told = since + cluster.endsToldWithin().toNanos();
        clock.sleep(Duration.ofNanos(told - clock.nanoTime()));
        Map<String, Long> now = ready(cluster);
        while (isLess(now)) {
            long from = ends().stream().mapToLong(PodEnd::atNanos).reduce(since, Math::max);
            if (clock.nanoTime() - from > within.toNanos()) {
                break;
            }
            clock.sleep(BETWEEN_LOOKS);
            now = ready(cluster);
        }
        return fewer(now);
    }

    private boolean isLess(Map<String, Long> now) {
        return !fewer(now).isEmpty();
    }

    private String fewer(Map<String, Long> now) {
        return ready.entrySet().stream()
                .filter(workload -> now.getOrDefault(workload.getKey(), 0L) < workload.getValue())
                .map(workload -> workload.getKey() + " has " + now.getOrDefault(workload.getKey(), 0L) + " of "
                        + workload.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Long> ready(Cluster cluster) {
        Set<String> unready = cluster.unready().stream().map(Instance::uid).collect(Collectors.toSet());
        return cluster.instances().stream()
                .filter(pod -> !unready.contains(pod.uid()))
                .map(pod -> Instance.title(pod.namespace(), pod.workload()))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static List<String> names(Cluster cluster) {
        return cluster.instances().stream().map(Instance::title).toList();
    }
}
