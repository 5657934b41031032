// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.PodsMayEnd;
import dev.chaosjunit.fault.Probes;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("A liveness probe by gRPC")
class LivenessIT {

    @Test
    @DisplayName("is met by a slow network, and restarts the pod; one that is spared does not")
    void metOrSpared() throws IOException {
        Fixtures.succeeds(LivingTestCase.class);
        Report report = Report.of("LivingTestCase.slow");
        assertThat(report.notes())
                .containsPattern("Pod hit-\\S+ ended (about )?[0-9.]+m?s into the fault, and nobody had asked it to: "
                        + reason())
                .doesNotContain("Pod spared-");
        assertThat(report.probes("spared-")).startsWith("left probes alone: ").contains("to port 9090");
        assertThat(report.probes("hit-")).startsWith("hit probes, too: ").contains("to port 9090");
    }

    /** The kubelet tells it in its own words. */
    private static String reason() {
        String answer = "k3s".equals(Fixtures.runtime().get("chaos.runtime"))
                ? ".*"
                : "gRPC health of 198\\.18\\.\\d+\\.\\d+:9090: (Read|Connect) timed out";
        return "its liveness probe failed: " + answer + "; exit code 2\\.";
    }

    @ChaosTest(manifests = "classpath:living.yaml", baseline = "1s", recovery = "1s")
    @GoImage(name = "probed", main = "./src/test/go/probed")
    @Load(url = "http://spared/healthz", rate = "20/s", timeout = "8s")
    @Load(url = "http://hit/healthz", rate = "20/s", timeout = "8s")
    static class LivingTestCase {
        @Test
        @PodsMayEnd
        @NetworkDelay(selector = "app=spared", latency = "1500ms", duration = "2500ms", probes = Probes.SPARE)
        @NetworkDelay(selector = "app=hit", latency = "1500ms", duration = "2500ms")
        void slow() {}
    }
}
