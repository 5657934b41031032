// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.ClusterException;
import java.time.Duration;

/** The time between two looks at something, as long as there is any left. */
final class Pause {
    private static final long MILLIS = 100;

    private final long deadline;

    Pause(Duration limit) {
        deadline = System.nanoTime() + limit.toNanos();
    }

    /** Wait a little; false, at once, when the time is over. */
    boolean again() {
        if (System.nanoTime() - deadline > 0) {
            return false;
        }
        try {
            Thread.sleep(MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while waiting for the cluster", e);
        }
    }
}
