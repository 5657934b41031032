// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.PodKill;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Killed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@Tag("slow")
@DisplayName("In somebody's cluster of two nodes, kills")
class TwoNodesKillIT {

    @Test
    @DisplayName("end processes on both and delete a pod, and all come back")
    void kills() throws Exception {
        Fixtures.succeeds(UpTestCase.class, Map.of(ChaosParameters.K3S_NODES, "2"));
        Fixtures.succeeds(KillTestCase.class, TwoNodes.asForeign());

        Report report = Report.of("KillTestCase.killed");
        Map<String, String> killed = report.hitPods("kill by SIGKILL, ");
        assertThat(killed).hasSize(4).containsValues("node-1", "node-2");
        assertThat(report.hitPods("deletion of pods")).hasSize(1);
        assertThat(report.details())
                .filteredOn(detail ->
                        detail.startsWith("kills asked for 1, possible 1, ends seen 1;" + " restart count 0 → 1; at "))
                .hasSize(4)
                .allMatch(detail -> detail.contains("exit code 137 (signal 9, SIGKILL)"));
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    @ShopImages
    static class UpTestCase {
        @Test
        void up() {}
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml", baseline = "2s", recovery = "2s", recoverWithin = "15s")
    static class KillTestCase {
        /** By the kubelet's word, restarts and exit code of each. */
        private static final String ENDS = "jsonpath={range .items[*]}{.status.containerStatuses[0].restartCount}/"
                + "{.status.containerStatuses[0].lastState.terminated.exitCode} {end}";

        @Test
        @PodKill(selector = "app=user-api", duration = "5s")
        @PodKill(selector = "app=auth-service", what = Killed.POD, duration = "5s")
        @Load(url = "http://user-api/users/1", rate = "50/s")
        @Slo(errorRate = "5%")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            List<Instance> targets = run.targets();
            assertThat(targets).hasSize(5);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> run.pods().size() == 5
                            && run.pods().stream()
                                    .noneMatch(pod -> targets.stream().anyMatch(pod::isSame)));
            Instance auth = only(targets, "auth-service");
            assertThat(only(run.pods(), "auth-service").uid()).isNotEqualTo(auth.uid());
            assertThat(run.pods())
                    .filteredOn(pod -> !pod.workload().equals("auth-service"))
                    .extracting(Instance::uid)
                    .hasSize(4)
                    .isSubsetOf(targets.stream().map(Instance::uid).toList());
            assertThat(TwoNodes.server().kubectl("get", "pods", "--selector=app=user-api", "--output=" + ENDS))
                    .isEqualTo("1/137 ".repeat(4));
        }

        private static Instance only(List<Instance> pods, String workload) {
            return pods.stream()
                    .filter(pod -> pod.workload().equals(workload))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
