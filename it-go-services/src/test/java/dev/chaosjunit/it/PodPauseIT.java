// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.PodPause;
import dev.chaosjunit.PodsMayEnd;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A pause of pods")
class PodPauseIT {

    @Test
    @DisplayName(
            "hits its pod and no other, fails no request, and is gone; who waits for ever is found, and who cannot but wait")
    void pauses() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(PauseTestCase.class);
        assertThat(failures).containsOnlyKeys("isOutlived", "ofTheEntry");
        assertThat(failures.get("isOutlived"))
                .message()
                .contains("In the fault window, http://user-api-no-timeout/users/1: ", "above the limit of 500ms")
                .doesNotContain("http://user-api/users/1: ");

        Report outlived = Report.of("PauseTestCase.isOutlived");
        assertThat(outlived.details())
                .hasSize(2)
                .allMatch(detail -> detail.matches("stood still for [2-4],\\d{3} ms, [12] cgroups?"));
        assertThat(outlived.errors("fault"))
                .as("a Go client waits, and gets every answer")
                .isEmpty();
        assertThat(Report.of("PauseTestCase.ofTheEntry").notes())
                .containsPattern("http://user-api/users/1 enters by no other pod, so that about [0-9]+% of its requests"
                        + " take longer than 500ms meanwhile");
        Report ended = Report.of("PauseTestCase.isKilled");
        assertThat(ended.notes())
                .containsPattern("Pod living-\\S+ ended [^\"]* into the fault, [^\"]*: its liveness probe failed");
        assertThat(ended.details()).singleElement().asString().endsWith(", until its container ended");
    }

    @ChaosTest(manifests = "classpath:pauses.yaml", baseline = "1s", recovery = "1s", recoverWithin = "3s")
    @ShopImages
    @GoImage(name = "probed", main = "./src/test/go/probed")
    static class PauseTestCase {

        @Test
        @PodPause(selector = "app=auth-service", mode = Mode.ONE, duration = "3s")
        void isSeen(ChaosRun run) throws Exception {
            Instance paused = run.targets().get(0);
            Instance other = run.pods().stream()
                    .filter(pod -> pod.workload().equals("auth-service") && !pod.equals(paused))
                    .findFirst()
                    .orElseThrow();
            FrozenPod there = FrozenPod.of(paused), spared = FrozenPod.of(other);
            NodePod client = new NodePod(spared.pid());
            assertThat(there.isFrozen()).isTrue();
            assertThat(spared.isFrozen()).isFalse();
            assertThat(client.seconds(ready(other))).isLessThan(1);
            assertThat(client.seconds(ready(paused)))
                    .as("one request, answered after the pause")
                    .isBetween(1.0, 6.0);
            run.awaitRevert();
            assertThat(there.isFrozen()).isFalse();
            assertThat(client.seconds(ready(paused))).isLessThan(1);
        }

        @Test
        @PodPause(selector = "app=auth-service", duration = "2s")
        @Load(url = "http://user-api/users/1", rate = "100/s")
        @Load(url = "http://user-api-no-timeout/users/1", rate = "100/s", timeout = "9s")
        @Slo(p95 = "500ms", errorRate = "5%")
        @Slo(phase = Phase.FAULT, p95 = "500ms", errorRate = "5%")
        void isOutlived(ChaosRun run) throws InterruptedException {
            run.awaitRevert(); // or it ends once the limit is failed
        }

        @Test
        @PodPause(selector = "app=user-api", duration = "1s")
        @Load(url = "http://user-api/users/1", rate = "300/s")
        @Slo(phase = Phase.FAULT, p99 = "500ms")
        void ofTheEntry() {}

        @Test
        @PodsMayEnd
        @PodPause(selector = "app=living", duration = "7s")
        void isKilled() {}

        private static String ready(Instance pod) {
            return "http://" + pod.address() + ":6060/readyz";
        }
    }
}
