// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Containers whose log has come to its end. That they ended themselves is told by their pod's status, a second or two later. */
final class EndedLogs {
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 50;

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    /** The log of a container has ended. */
    void add(String container) {
        ended.add(container);
    }

    /**
     * Wait until none of them runs any more; in vain if a log ended by itself, and then never again for that one.
     *
     * @param running the ids of containers that run, by their pods' statuses
     */
    void await(Supplier<Set<String>> running) {
        long deadline = System.nanoTime() + TOLD_WITHIN.toNanos();
        while (isAnyAmong(running.get())) {
            if (System.nanoTime() > deadline) {
                ended.clear();
                return;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isAnyAmong(Set<String> running) {
        return ended.stream().anyMatch(running::contains);
    }
}
