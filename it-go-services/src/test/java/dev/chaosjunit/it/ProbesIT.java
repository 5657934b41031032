// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.fault.Probes;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("Probes of a pod's health")
class ProbesIT {

    @Test
    @DisplayName("are no witness: a fault that met nothing else is inconclusive, and says how many they were")
    void noWitness() {
        assertThat(Fixtures.onlyFailure(NoLoadTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault met probes only")
                .message()
                .containsPattern("hit-\\S+: hit probes only: [1-4] connections? from " + prober()
                        + "\\S* to port 6060, at most [45] probes due");
    }

    @Test
    @DisplayName("are spared or hit: a pod stays or leaves its Service by that, though both are 1.5 s away for load")
    void sparedOrHit() throws IOException {
        Fixtures.succeeds(SparedAndHitTestCase.class);
        Report report = Report.of("SparedAndHitTestCase.both");
        assertThat(report.notes())
                .containsPattern("Pod hit-\\S+ was not ready any more [0-9.]+s into the fault: it left its Services")
                .doesNotContain("Pod spared-");
        assertThat(report.probes("spared-")).startsWith("left probes alone: ").contains(" from " + prober());
        assertThat(report.probes("hit-")).startsWith("hit probes, too: ").contains(" from " + prober());
        assertThat(report.hitPods()).hasSize(2);
    }

    /** Where the kubelet, or what stands for it, asks from. */
    private static String prober() {
        return "k3s".equals(Fixtures.runtime().get("chaos.runtime")) ? "10.42.0.1" : "198.18.";
    }

    @ChaosTest(manifests = "classpath:probed.yaml")
    @ShopImages
    static class NoLoadTestCase {
        @Test
        @NetworkDelay(selector = "app=hit", latency = "50ms", duration = "2500ms")
        void noLoad() {}
    }

    @ChaosTest(manifests = "classpath:probed.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://spared/healthz", rate = "20/s", timeout = "8s")
    @Load(url = "http://hit/healthz", rate = "20/s", timeout = "8s")
    static class SparedAndHitTestCase {
        @Test
        @NetworkDelay(selector = "app=spared", latency = "1500ms", duration = "4s", probes = Probes.SPARE)
        @NetworkDelay(selector = "app=hit", latency = "1500ms", duration = "4s")
        void both() {}
    }
}
