// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.cluster.Instance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnK3s
@DisplayName("In a node, a pod")
@ChaosTest(manifests = "classpath:k3s/listeners.yaml")
@ShopImages
class K3sListenerIT {
    private static final String FILTERED = "2";
    private static final String UNFILTERED = "0";

    @ParameterizedTest
    @DisplayName("runs under a filter if its template names a RuntimeClass for it, else under none")
    @CsvSource({"plain, " + UNFILTERED, "setup, " + FILTERED, "enter, " + FILTERED})
    void filter(String workload, String mode, ChaosRun run) throws Exception {
        assertThat(NodePod.of(pod(run, workload)).status("Seccomp")).isEqualTo(mode);
    }

    /** The image holds one program and no other: a second one finds the port of the first taken, and says so. */
    @ParameterizedTest
    @DisplayName("can be looked into by kubectl exec, filter or not")
    @ValueSource(strings = {"plain", "setup", "enter"})
    void exec(String workload, ChaosRun run) throws Exception {
        Instance pod = pod(run, workload);
        assertThat(Node.of(pod).sh("k3s kubectl exec " + pod.name() + " -- /usr/local/bin/auth-service 2>&1 || true"))
                .contains("listen for HTTP: listen tcp :8080: bind: address already in use");
    }

    @Test
    @DisplayName("has a keeper of its listener beside it")
    void keeper(ChaosRun run) throws Exception {
        Node node = Node.of(pod(run, "setup"));
        assertThat(node.processes()).contains("/opt/chaos-junit/keeper keep /run/chaos-junit");
        assertThat(node.sh("ls /run/chaos-junit")).contains("control.sock", "keeper.sock");
    }

    private static Instance pod(ChaosRun run, String workload) {
        return run.pods().stream()
                .filter(pod -> pod.workload().equals(workload))
                .findFirst()
                .orElseThrow();
    }
}
