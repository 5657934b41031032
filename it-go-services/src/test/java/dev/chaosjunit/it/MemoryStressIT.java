// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.MemoryStress;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A stress of memory")
class MemoryStressIT {
    private static final long MIB = 1 << 20;

    @Test
    @DisplayName("takes memory of its pod, none of another's, and gives it back; who keeps too much beside it is found")
    void stress() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(StressTestCase.class);
        assertThat(failures).containsOnlyKeys("isStood", "tooMuch");
        assertThat(failures.get("isStood"))
                .hasMessageContaining("In the fault window, http://cache-no-bound/: ")
                .message()
                .doesNotContainPattern("http://cache/: .*requests failed")
                .doesNotContain("nobody had asked it to");
        assertThat(failures.get("tooMuch"))
                .hasMessageContaining("memory stress of 95MiB, 1s, on app=cache (all), pod ")
                .hasMessageContaining(" so it would end in an OOM kill. Take less, or let it be killed by oom = true");

        assertThat(Report.of("StressTestCase.takes").details())
                .singleElement()
                .asString()
                .startsWith("asked for 24.0 MiB, took 24.0 MiB at most; its container ")
                .contains(" at most, of a limit of 96.0 MiB; OOM kills 0");
        assertThat(Report.of("StressTestCase.isStood").details())
                .satisfiesExactlyInAnyOrder(
                        sound -> assertThat(sound).contains("took 64.0 MiB at most", "OOM kills 0"),
                        fragile -> assertThat(fragile).containsPattern("OOM kills [1-9].*; until its container ended"));
    }

    @ChaosTest(manifests = "classpath:stress.yaml", baseline = "1s", recovery = "1s", recoverWithin = "3s")
    @GoImage(name = "cache", main = "./src/test/go/cache")
    static class StressTestCase {

        @Test
        @MemoryStress(selector = "app=cache", size = "25%", duration = "2s")
        void takes(ChaosRun run) throws IOException, InterruptedException {
            Instance target = run.targets().get(0);
            PodCgroup hit = PodCgroup.of(target);
            PodCgroup spared = PodCgroup.of(run.pods().stream()
                    .filter(pod -> !pod.uid().equals(target.uid()))
                    .findFirst()
                    .orElseThrow());
            hit.awaitProcesses("chaos-memory");
            await().atMost(Duration.ofSeconds(1)).until(() -> hit.memory() >= 24 * MIB);
            assertThat(spared.memory()).isLessThan(24 * MIB);
            assertThat(spared.processes()).containsExactly("cache");
            run.awaitRevert();
            assertThat(hit.processes()).containsExactly("cache");
            assertThat(hit.memory()).isLessThan(24 * MIB);
        }

        @Test
        @MemoryStress(selector = "app=cache", size = "64Mi", oom = true, duration = "4s")
        @MemoryStress(selector = "app=cache-no-bound", size = "64Mi", oom = true, duration = "4s")
        @Load(url = "http://cache/", rate = "100/s")
        @Load(url = "http://cache-no-bound/", rate = "100/s")
        @Slo(errorRate = "5%")
        @Slo(phase = Phase.FAULT, errorRate = "3%")
        void isStood() {}

        @Test
        @MemoryStress(selector = "app=cache", size = "95MiB", duration = "1s")
        void tooMuch() {}
    }
}
