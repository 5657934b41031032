// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.fault.Probes;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@Tag("slow")
@DisplayName("A default readiness probe of a pod that is 3 s away")
class K3sDefaultProbeIT {

    @Test
    @DisplayName("fails three times where it is hit, and the pod leaves its Service")
    void hit() throws IOException {
        Fixtures.succeeds(HitTestCase.class);
        assertThat(Report.of("HitTestCase.hit").notes()).containsPattern("Pod spared-\\S+ was not ready any more");
    }

    @Test
    @DisplayName("goes on as ever where it is spared, for longer than the pod would stay otherwise")
    void spared() throws IOException {
        Fixtures.succeeds(SparedTestCase.class);
        Report report = Report.of("SparedTestCase.spared");
        assertThat(report.notes()).doesNotContain("was not ready any more");
        assertThat(report.probes("spared-")).startsWith("left probes alone: ");
    }

    @ChaosTest(manifests = "classpath:probed-by-default.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://spared/healthz", rate = "5/s", timeout = "10s")
    static class HitTestCase {
        @Test
        @NetworkDelay(selector = "app=spared", latency = "3s", duration = "35s")
        void hit(ChaosRun run) throws Exception {
            String ready = "{.items[0].status.conditions[?(@.type=='Ready')].status}";
            Node node = Node.of(run.targets().get(0));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(35))
                    .until(() -> node.kubectl("get", "pods", "-l", "app=spared", "-o", "jsonpath=" + ready)
                            .contains("False"));
        }
    }

    @ChaosTest(manifests = "classpath:probed-by-default.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://spared/healthz", rate = "5/s", timeout = "10s")
    static class SparedTestCase {
        @Test
        @NetworkDelay(selector = "app=spared", latency = "3s", duration = "35s", probes = Probes.SPARE)
        void spared() {}
    }
}
