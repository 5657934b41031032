// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks pods to end, and gives them a short time for it; what is left is killed with the node. */
final class Termination {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final List<Container> containers;

    Termination(List<Pod> pods) {
        containers = pods.stream()
                .flatMap(Pod::allContainers)
                .filter(Container::alive)
                .toList();
    }

    void run(RootShell shell) {
        if (containers.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -TERM \"$@\"", "chaos-junit-end"));
        lives().forEach(life -> command.add(String.valueOf(life.pid())));
        try {
            shell.run("ask the pods to end", "", command);
        } catch (ClusterException e) {
            // one of them ended meanwhile; the others have the signal
        }
        long start = System.nanoTime();
        for (Container container : containers) {
            long left = grace(container.pod()).toNanos() - (System.nanoTime() - start);
            container.life().ifPresent(life -> life.awaitEnd(Math.max(0, left / 1_000_000)));
        }
    }

    private Stream<PodProcess> lives() {
        return containers.stream().flatMap(container -> container.life().stream());
    }

    private static Duration grace(Pod pod) {
        Duration wanted = pod.workload().pod().gracePeriod();
        return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
    }
}
