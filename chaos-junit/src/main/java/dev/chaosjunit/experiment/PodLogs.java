// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.result.LogLine;
import dev.chaosjunit.result.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What pods printed, read after an experiment that did not pass. */
record PodLogs(Cluster cluster, Findings findings) {
    private static final int READ = 2_000; // lines a pod

    /** Those lines that tell of a failed request under the fault. */
    List<LogLine> ofFailedRequest(Experiment experiment, boolean isTraced) {
        if (!findings.isInjected()) {
            return List.of();
        }
        FailedRequestLog log = new FailedRequestLog(read());
        return isTraced
                ? log.ofTraces(findings.failedTraces())
                : log.ofChaosId(experiment.mark(Stage.FAULT).id());
    }

    /** A log that cannot be read takes nothing from the verdict. */
    private Map<String, List<String>> read() {
        Map<String, List<String>> pods = new LinkedHashMap<>();
        try {
            for (Instance pod : cluster.instances()) {
                pods.put(pod.title(), cluster.log(pod.title(), READ));
            }
        } catch (RuntimeException e) {
            findings.note("Not all pods' logs can be read: " + e.getMessage());
        }
        return pods;
    }
}
