// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.PodPause;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("k3s")
@Tag("nodes")
@DisplayName("In an existing cluster, a pause of a pod")
class PodPauseClusterIT {
    @RegisterExtension
    static final ForeignCluster CLUSTER = new ForeignCluster();

    @Test
    @DisplayName("is done by the agent's pod and ends with it, however that is deleted")
    void agentDeleted() {
        CLUSTER.makeNamespace("pauses", Map.of());
        DeletedTestCase.delete = () -> CLUSTER.deleteAgents("pauses");

        assertThat(Fixtures.onlyFailure(DeletedTestCase.class, ForeignCluster.parameters("pauses")))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("the agent ended");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    static class DeletedTestCase {
        static volatile Runnable delete = () -> {};

        @Test
        @PodPause(selector = "app=auth-service", duration = "1m")
        void forced(ChaosRun run) throws IOException {
            FrozenPod pod = FrozenPod.of(run.targets().get(0));
            ProcessHandle agent = pod.guardian().parent().orElseThrow();
            assertThat(pod.isFrozen()).isTrue();
            delete.run();
            await().atMost(Duration.ofSeconds(20)).until(() -> !agent.isAlive());
            await().atMost(Duration.ofSeconds(1)).until(() -> !pod.isFrozen());
        }
    }
}
