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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@Tag("nodes")
@DisplayName("A pod that is paused goes on within a second of a kill -9")
class PodPauseKillIT {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Map<String, String> NO_CLEANER = Map.of("TESTCONTAINERS_RYUK_DISABLED", "true");

    @Test
    @DisplayName("of the agent, and the run is inconclusive")
    void agent() {
        assertThat(Fixtures.onlyFailure(AgentTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("the agent ended");
    }

    @Test
    @DisplayName("of the JVM, where it does not go with that")
    void jvm() throws Exception {
        ChildJvm child = ChildJvm.start(HoldTestCase.class, NO_CLEANER);
        try {
            FrozenPod pod = FrozenPod.of(Long.parseLong(child.awaitLineThatBegins(HoldTestCase.PAUSED)));
            ProcessHandle guardian = pod.guardian();
            assertThat(pod.isFrozen()).isTrue();
            child.kill();
            await().atMost(SOON).until(() -> !pod.isFrozen() && !KillIT.runs(guardian));
        } finally {
            child.kill();
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class AgentTestCase {
        @Test
        @PodPause(selector = "app=auth-service", duration = "1m")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            FrozenPod pod = FrozenPod.of(run.targets().get(0));
            ProcessHandle guardian = pod.guardian();
            assertThat(pod.isFrozen()).isTrue();
            var unused = Commands.runAsRoot(List.of(
                    "sh", "-c", "kill -9 " + guardian.parent().orElseThrow().pid()));
            await().atMost(SOON).until(() -> !pod.isFrozen() && !KillIT.runs(guardian));
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class HoldTestCase {
        static final String PAUSED = "paused ";

        @Test
        @PodPause(selector = "app=auth-service", duration = "1m")
        void hold(ChaosRun run) throws IOException, InterruptedException {
            System.out.println(PAUSED + FrozenPod.of(run.targets().get(0)).pid());
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
