// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.CpuStress;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.LoadOf;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A stress of processors")
class CpuStressIT {

    @Test
    @DisplayName("takes processor time within its pod's limit, none of another's, and is gone")
    void stress() throws IOException {
        Fixtures.succeeds(StressTestCase.class);
        assertThat(Report.of("StressTestCase.worksOn").details())
                .singleElement()
                .asString()
                .matches(
                        "asked for [0-9.]+s of processor time, took [0-9.]+[a-z]+ \\([0-9]+%\\); its container [0-9.]+[a-z]+ in"
                                + " all, held back by its limit for [0-9.]+[a-z]+");
    }

    @ChaosTest(manifests = "classpath:stress.yaml", baseline = "1s", recovery = "1s", recoverWithin = "3s")
    @GoImage(name = "cache", main = "./src/test/go/cache")
    @Load(url = "http://cache/", rate = "70/s")
    @Slo(errorRate = "5%")
    static class StressTestCase {

        @Test
        @CpuStress(selector = "app=cache", load = "80%", of = LoadOf.LIMIT, duration = "3s")
        @Slo(phase = Phase.FAULT, p95 = "1s", errorRate = "5%")
        void worksOn(ChaosRun run) throws IOException, InterruptedException {
            Instance target = run.targets().get(0);
            PodCgroup hit = PodCgroup.of(target);
            PodCgroup spared = PodCgroup.of(run.pods().stream()
                    .filter(pod -> !pod.uid().equals(target.uid()))
                    .findFirst()
                    .orElseThrow());
            hit.awaitProcesses("chaos-cpu");
            long before = hit.cpuMillis(), ofOther = spared.cpuMillis();
            Thread.sleep(1000);
            assertThat(hit.cpuMillis() - before).isBetween(200L, 900L);
            assertThat(spared.cpuMillis() - ofOther).isLessThan(200);
            assertThat(spared.processes()).containsExactly("cache");
            run.awaitRevert();
            assertThat(hit.processes()).containsExactly("cache");
            long after = hit.cpuMillis();
            Thread.sleep(500);
            assertThat(hit.cpuMillis() - after).isLessThan(200);
        }
    }
}
