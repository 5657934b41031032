// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Waits for all pods to become ready; the first one that ends instead fails it at once. */
final class Startup {

    private static final int SHOWN_LINES = 20;
    private static final Duration LOOK = Duration.ofMillis(5);

    private final List<Pod> pods;
    private final Function<Pod, String> lastResult;

    /**
     * Wait for these.
     *
     * @param lastResult what a pod answered last when it was asked whether it is ready
     */
    Startup(List<Pod> pods, Function<Pod, String> lastResult) {
        this.pods = pods;
        this.lastResult = lastResult;
    }

    void await(Duration limit) {
        if (!Poll.every(LOOK).within(limit).until("pods became ready", all -> all, this::allReady)) {
            throw late(limit);
        }
    }

    private boolean allReady() {
        boolean all = true;
        for (Pod pod : pods) {
            if (!pod.alive()) {
                throw new ClusterException("pod " + pod.name() + " ended with exit code "
                        + pod.process().exitCode() + " before it was ready" + log(pod));
            }
            all &= pod.ready();
        }
        return all;
    }

    private ClusterException late(Duration limit) {
        StringBuilder message = new StringBuilder("not ready within " + Durations.format(limit) + ":");
        for (Pod pod : pods) {
            if (!pod.ready()) {
                message.append("\npod ")
                        .append(pod.name())
                        .append(", asked last: ")
                        .append(lastResult.apply(pod))
                        .append(log(pod));
            }
        }
        return new ClusterException(message.toString());
    }

    private static String log(Pod pod) {
        List<String> lines = pod.log().last(SHOWN_LINES);
        return lines.isEmpty() ? "; it printed nothing" : "; it printed last:\n  " + String.join("\n  ", lines);
    }
}
