// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which pod came in the place of which: of one of the same workload that is gone, and on the same node if there is one. */
final class Succession {
    private final Map<String, Instance> predecessors = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    /**
     * Look who came.
     *
     * @param hit whose places count
     * @param now those that run
     * @param came those of them that did not at first
     * @return who was found now to have come on another node
     */
    List<Instance> look(List<Instance> hit, List<Instance> now, List<Instance> came) {
        List<Instance> vacant = new ArrayList<>(hit.stream()
                .filter(one -> !isAmong(now, one) && !isAmong(predecessors.values(), one))
                .toList());
        List<Instance> placeless = came.stream()
                .filter(pod -> !predecessors.containsKey(pod.uid()) && !isAmong(hit, pod))
                .toList();
        placeless.forEach(pod -> succeed(pod, vacant, one -> isOnNodeOf(one, pod)));
        List<Instance> moved = placeless.stream()
                .filter(pod -> known.add(pod.uid())) // who was there before did not come in its place
                .filter(pod -> !predecessors.containsKey(pod.uid()))
                .filter(pod -> succeed(pod, vacant, one -> true))
                .toList();
        return moved;
    }

    private boolean succeed(Instance pod, List<Instance> vacant, Predicate<Instance> here) {
        Optional<Instance> gone = vacant.stream()
                .filter(one -> one.namespace().equals(pod.namespace())
                        && one.workload().equals(pod.workload()))
                .filter(here)
                .findFirst();
        gone.ifPresent(one -> {
            predecessors.put(pod.uid(), one);
            vacant.removeIf(other -> other.uid().equals(one.uid()));
        });
        return gone.isPresent();
    }

    /** In whose place a pod came; empty where it did in nobody's. */
    Optional<Instance> predecessor(Instance pod) {
        return Optional.ofNullable(predecessors.get(pod.uid()));
    }

    /** Whether it came in the place of one that was on another node. */
    boolean isMoved(Instance pod) {
        return predecessor(pod).filter(gone -> !isOnNodeOf(gone, pod)).isPresent();
    }

    private static boolean isOnNodeOf(Instance one, Instance other) {
        return one.handle().node().equals(other.handle().node());
    }

    private static boolean isAmong(Iterable<Instance> pods, Instance pod) {
        for (Instance one : pods) {
            if (one.uid().equals(pod.uid())) {
                return true;
            }
        }
        return false;
    }
}
