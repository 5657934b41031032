// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import java.time.Duration;
import java.util.List;

/** Ends a container of which a probe failed for good, as the kubelet does: SIGTERM, its grace period, SIGKILL. */
record ProbeFailure(RootShell shell, Container container, PodProcess life) {

    /**
     * End it, unless it is ending anyway; returns when it has ended, or was killed.
     *
     * @param why in words: {@code "its liveness probe failed: …"}
     */
    void end(String why) {
        if (!life.alive() || life.isAskedToEnd()) {
            return;
        }
        life.failed(why);
        signal("TERM");
        Duration grace = container.pod().workload().pod().gracePeriod();
        if (!life.awaitEnd(grace.toMillis()) && !Thread.currentThread().isInterrupted()) {
            signal("KILL");
        }
    }

    private void signal(String name) {
        List<String> kill = List.of("sh", "-c", "kill -" + name + " \"$0\"", String.valueOf(life.pid()));
        try {
            shell.run("end pod " + container.title(), "", kill);
        } catch (ClusterException e) {
            // it ended meanwhile
        }
    }
}
