// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.CpuStress;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.MemoryStress;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@Tag("slow")
@DisplayName("A pod of a node has its processors and its memory again within a second of a kill -9")
class K3sStressKillIT {
    private static final long HELD = 16 << 20;
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
    @DisplayName("of the JVM, though the node goes on")
    void jvm() throws Exception {
        ChildJvm child = ChildJvm.start(HoldTestCase.class, NO_CLEANER);
        try {
            PodCgroup pod = PodCgroup.of(Long.parseLong(child.awaitLineThatBegins(HoldTestCase.INJECTED)));
            awaitTaken(pod);
            child.kill();
            await().atMost(SOON).untilAsserted(() -> assertFree(pod));
        } finally {
            child.kill();
        }
    }

    private static void awaitTaken(PodCgroup pod) {
        pod.awaitProcesses("chaos-cpu", "chaos-memory");
        await().atMost(Duration.ofSeconds(2)).until(() -> pod.memory() >= HELD);
    }

    /** It runs on, alone. */
    private static void assertFree(PodCgroup pod) throws IOException {
        assertThat(pod.processes()).containsExactly("cache");
        assertThat(pod.memory()).isLessThan(HELD);
    }

    @ChaosTest(manifests = "classpath:stress.yaml")
    @GoImage(name = "cache", main = "./src/test/go/cache")
    static class AgentTestCase {
        @Test
        @CpuStress(selector = "app=cache", workers = 2, load = "50%", duration = "1m")
        @MemoryStress(selector = "app=cache", size = "16MiB", oom = true, duration = "1m")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            Instance target = run.targets().get(0);
            PodCgroup pod = PodCgroup.of(target);
            awaitTaken(pod);
            String agent = Node.of(target)
                    .processes()
                    .lines()
                    .filter(process -> process.contains("chaos-agent --silence"))
                    .map(process -> process.strip().split(" ", 2)[0])
                    .filter(K3sStressKillIT::isAgent)
                    .findFirst()
                    .orElseThrow();
            Commands.runAsRoot(List.of("kill", "-9", agent));
            await().atMost(SOON).untilAsserted(() -> assertFree(pod));
        }
    }

    /** Its supervisors and workers have its program, too, but names of their own. */
    private static boolean isAgent(String pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals("chaos-agent");
        } catch (IOException e) {
            return false; // it ended meanwhile
        }
    }

    @ChaosTest(manifests = "classpath:stress.yaml")
    @GoImage(name = "cache", main = "./src/test/go/cache")
    static class HoldTestCase {
        static final String INJECTED = "injected into ";

        @Test
        @CpuStress(selector = "app=cache", workers = 2, load = "50%", duration = "1m")
        @MemoryStress(selector = "app=cache", size = "16MiB", oom = true, duration = "1m")
        void hold(ChaosRun run) throws IOException, InterruptedException {
            System.out.println(INJECTED + NodePod.of(run.targets().get(0)).pid());
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
