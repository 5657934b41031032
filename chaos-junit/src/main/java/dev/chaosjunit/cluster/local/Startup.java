// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.manifest.Workload.Kind;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Waits for all pods to become ready, and for Jobs to run; the first one that fails instead fails it at once. */
final class Startup {

    private static final int SHOWN_LINES = 20;
    private static final Duration LOOK = Duration.ofMillis(5);

    private final List<Pod> pods;
    private final Function<Pod, String> lastAnswer;

    /**
     * Wait for these.
     *
     * @param lastAnswer what a pod answered last when it was asked whether it is ready
     */
    Startup(List<Pod> pods, Function<Pod, String> lastAnswer) {
        this.pods = pods;
        this.lastAnswer = lastAnswer;
    }

    void await(Duration limit) {
        if (!Poll.every(LOOK).within(limit).until("pods became ready", all -> all, this::allReady)) {
            throw late(limit);
        }
    }

    private boolean allReady() {
        boolean all = true;
        for (Pod pod : pods) {
            pod.allContainers()
                    .filter(container -> container.ended() && !container.isDone())
                    .forEach(Startup::fail);
            all &= isUp(pod);
        }
        return all;
    }

    private static boolean isUp(Pod pod) {
        return pod.ready() || pod.isDone() || (pod.workload().kind() == Kind.JOB && pod.runs());
    }

    private static void fail(Container container) {
        PodProcess life = container.life().orElseThrow();
        if (!life.wasUp()) {
            life.pid(); // says why
        }
        throw new ClusterException("pod " + container.title() + " ended with " + life.how() + " before it was ready"
                + (life.failedProbe().isEmpty() ? "" : ", as " + life.failedProbe())
                + said(life.printed()));
    }

    private ClusterException late(Duration limit) {
        StringBuilder message = new StringBuilder("not ready within " + Durations.format(limit) + ":");
        for (Pod pod : pods) {
            if (!isUp(pod)) {
                message.append("\npod ")
                        .append(pod.title())
                        .append(", asked last: ")
                        .append(lastAnswer.apply(pod))
                        .append(log(pod));
            }
        }
        return new ClusterException(message.toString());
    }

    private static String log(Pod pod) {
        return said(pod.log().last(SHOWN_LINES));
    }

    private static String said(List<String> lines) {
        return lines.isEmpty() ? "; it printed nothing" : "; it printed last:\n  " + String.join("\n  ", lines);
    }
}
