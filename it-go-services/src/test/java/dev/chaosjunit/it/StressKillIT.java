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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("compares what is on the machine before and after")
@DisplayName("kill -9 in the middle of a stress")
class StressKillIT {
    private static final long HELD = 16 << 20;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @DisplayName("of the JVM leaves no worker and no cgroup one second later")
    void jvm() throws Exception {
        Footprint before = Footprint.take();
        ChildJvm child = ChildJvm.start(HoldTestCase.class);
        try {
            long pid = Long.parseLong(child.awaitLineThatBegins(HoldTestCase.INJECTED));
            PodCgroup pod = PodCgroup.of(pid);
            pod.awaitProcesses("chaos-cpu", "chaos-memory");
            Footprint ours = Footprint.take().without(before);
            assertThat(ours.cgroups()).isNotEmpty();
            List<ProcessHandle> descendants = child.descendants();

            child.kill();
            await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(descendants).noneMatch(KillIT::runs);
                assertThat(own(pod)).isNotEmpty().noneMatch(Files::exists);
                assertThat(ours.of(Footprint.take())).isEqualTo(Footprint.NONE);
            });
        } finally {
            child.kill();
        }
    }

    /** But for those of all processes, in hierarchies where pods have none. */
    private static List<Path> own(PodCgroup pod) {
        return pod.files().values().stream()
                .filter(cgroup -> cgroup.toString().contains("/chaos-junit-"))
                .toList();
    }

    @Test
    @DisplayName("of the agent gives the pod back what was taken of it within a second, and says so")
    void agent() {
        assertThat(Fixtures.onlyFailure(AgentTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("the agent ended, and its faults with it");
    }

    @ChaosTest(manifests = "classpath:stress.yaml")
    @GoImage(name = "cache", main = "./src/test/go/cache")
    static class HoldTestCase {
        static final String INJECTED = "injected into ";

        @Test
        @CpuStress(selector = "app=cache", workers = 2, load = "50%", duration = "1m")
        @MemoryStress(selector = "app=cache", size = "16MiB", oom = true, duration = "1m")
        void hold(ChaosRun run) throws InterruptedException {
            System.out.println(INJECTED + run.targets().get(0).pid());
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
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
            await().atMost(Duration.ofSeconds(2)).until(() -> pod.memory() >= HELD);
            assertThat(score(target)).isEqualTo(1000);
            ProcessHandle agent = ProcessHandle.current()
                    .descendants()
                    .filter(StressKillIT::isAgent)
                    .findFirst()
                    .orElseThrow();
            Commands.runAsRoot(List.of("sh", "-c", "kill -9 " + agent.pid()));
            await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(pod.processes()).containsExactly("cache");
                assertThat(pod.memory()).isLessThan(HELD);
                assertThat(score(target)).isZero();
            });
            Thread.sleep(1000); // the run is ended for it
        }
    }

    /** Its supervisors and workers have its program, too, but names of their own. */
    private static boolean isAgent(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/comm"))
                    .strip()
                    .equals("chaos-agent");
        } catch (IOException e) {
            return false; // it ended meanwhile
        }
    }

    private static int score(Instance pod) throws IOException {
        return Integer.parseInt(Files.readString(Path.of("/proc/" + pod.pid() + "/oom_score_adj"))
                .strip());
    }
}
