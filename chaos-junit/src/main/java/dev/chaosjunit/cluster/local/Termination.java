// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks pods to end, and gives them a short time for it; what is left is killed with the node. */
final class Termination {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final List<Pod> pods;

    Termination(List<Pod> pods) {
        this.pods = pods.stream().filter(Pod::alive).toList();
    }

    void run(RootShell shell) {
        if (pods.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -TERM \"$@\"", "chaos-junit-end"));
        pods.forEach(pod -> command.add(String.valueOf(pod.pid())));
        try {
            shell.run("ask the pods to end", "", command);
        } catch (ClusterException e) {
            // one of them ended meanwhile; the others have the signal
        }
        long start = System.nanoTime();
        for (Pod pod : pods) {
            long left = grace(pod).toNanos() - (System.nanoTime() - start);
            pod.process().awaitEnd(Math.max(0, left / 1_000_000));
        }
    }

    private static Duration grace(Pod pod) {
        Duration wanted = pod.workload().pod().gracePeriod();
        return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    }
}
