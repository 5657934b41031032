// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.List;

/** Waits for all pods to become ready; the first one that ends instead fails it at once. */
final class Startup {

    private static final int SHOWN_LINES = 20;
    private static final long LOOK_MILLIS = 5;

    private final List<Pod> pods;
    private final List<ReadinessWatch> watches;

    Startup(List<Pod> pods, List<ReadinessWatch> watches) {
        this.pods = pods;
        this.watches = watches;
    }

    void await(Duration limit) {
        long start = System.nanoTime();
        while (!allReady()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw late(limit);
            }
            pause();
        }
    }

    private boolean allReady() {
        boolean all = true;
        for (Pod pod : pods) {
            if (!pod.alive()) {
                throw new ClusterException("pod " + pod.name() + " ended with exit code " + pod.exitCode()
                        + " before it was ready" + log(pod));
            }
            all &= pod.ready();
        }
        return all;
    }

    private ClusterException late(Duration limit) {
        StringBuilder message = new StringBuilder("not ready within " + Durations.format(limit) + ":");
        for (int i = 0; i < pods.size(); i++) {
            if (!pods.get(i).ready()) {
                message.append("\npod ")
                        .append(pods.get(i).name())
                        .append(", asked last: ")
                        .append(watches.get(i).lastResult())
                        .append(log(pods.get(i)));
            }
        }
        return new ClusterException(message.toString());
    }

    private static String log(Pod pod) {
        List<String> lines = pod.log().last(SHOWN_LINES);
        return lines.isEmpty() ? "; it printed nothing" : "; it printed last:\n  " + String.join("\n  ", lines);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while pods became ready", e);
        }
    }
}
