// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.CpuStress;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.MemoryStress;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@Tag("slow")
@DisplayName("In somebody's cluster of two nodes, stresses")
class TwoNodesStressIT {
    private static final long HELD = 24 << 20;

    @Test
    @DisplayName("take what they should on both, and give it back; also when their agents are deleted by force")
    void stresses() throws Exception {
        Fixtures.succeeds(UpTestCase.class, Map.of(ChaosParameters.K3S_NODES, "2"));
        Map<String, String> foreign = TwoNodes.asForeign();

        Fixtures.succeeds(StressTestCase.class, foreign);
        Report report = Report.of("StressTestCase.stressed");
        assertThat(report.hitPods("CPU stress")).hasSize(3).containsValues("node-1", "node-2");
        assertThat(report.hitPods("memory stress")).hasSize(4);

        assertThat(Fixtures.onlyFailure(DeletedTestCase.class, foreign))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("the agent ended");
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    @ShopImages
    static class UpTestCase {
        @Test
        void up() {}
    }

    private static List<PodCgroup> cgroups(ChaosRun run, String workload) throws IOException {
        List<PodCgroup> cgroups = new ArrayList<>();
        for (Instance pod : run.pods()) {
            if (pod.workload().equals(workload)) {
                cgroups.add(PodCgroup.of(pod));
            }
        }
        return cgroups;
    }

    private static int count(List<PodCgroup> cgroups, String process) throws IOException {
        int count = 0;
        for (PodCgroup cgroup : cgroups) {
            count += cgroup.processes().contains(process) ? 1 : 0;
        }
        return count;
    }

    private static void assertFree(List<PodCgroup> cgroups) throws IOException {
        for (PodCgroup cgroup : cgroups) {
            assertThat(cgroup.processes()).containsExactly("user-api");
            assertThat(cgroup.memory()).isLessThan(HELD);
        }
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml", baseline = "2s", recovery = "2s", recoverWithin = "15s")
    static class StressTestCase {
        @Test
        @CpuStress(selector = "app=user-api", load = "10%", mode = Mode.FIXED_PERCENT, value = "75", duration = "4s")
        @MemoryStress(selector = "app=user-api", size = "24MiB", duration = "4s")
        void stressed(ChaosRun run) throws Exception {
            List<PodCgroup> hit = cgroups(run, "user-api");
            assertThat(hit).hasSize(4);
            for (PodCgroup pod : hit) {
                pod.awaitProcesses("chaos-memory");
                await().atMost(Duration.ofSeconds(2)).until(() -> pod.memory() >= HELD);
            }
            assertThat(count(hit, "chaos-cpu")).isEqualTo(3);
            PodCgroup spared = cgroups(run, "auth-service").get(0);
            assertThat(spared.processes()).containsExactly("auth-service");
            run.awaitRevert();
            assertFree(hit);
        }
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml", baseline = "2s", recovery = "2s", recoverWithin = "15s")
    static class DeletedTestCase {
        @Test
        @MemoryStress(selector = "app=user-api", size = "24MiB", duration = "1m")
        void deleted(ChaosRun run) throws Exception {
            List<PodCgroup> hit = cgroups(run, "user-api");
            for (PodCgroup pod : hit) {
                pod.awaitProcesses("chaos-memory");
            }
            var unused = TwoNodes.server()
                    .kubectl("delete", "pods", "--selector=dev.chaosjunit/agent", "--force", "--grace-period=0");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertFree(hit));
        }
    }
}
