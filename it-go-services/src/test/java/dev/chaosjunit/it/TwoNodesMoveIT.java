// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@Tag("slow")
@DisplayName("On two nodes, a pod that in mid-fault")
class TwoNodesMoveIT {

    @Test
    @DisplayName("is deleted and comes on the other is not hit there, and the report says so")
    void moves() throws IOException {
        Fixtures.succeeds(MoveTestCase.class, Map.of(ChaosParameters.K3S_NODES, "2"));

        Report report = Report.of("MoveTestCase.moved");
        assertThat(report.notes())
                .containsPattern("Pod auth-service-\\S+ came on node-[12] in the place of auth-service-\\S+, which was"
                        + " on node-[12]: no fault follows a pod to another node");
        assertThat(report.hitPods()).hasSize(1);
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    @ShopImages
    static class MoveTestCase {
        private static final double LATENCY = 1;

        @Test
        @NetworkDelay(selector = "app=auth-service", latency = "1s", duration = "25s")
        void moved(ChaosRun run) throws IOException, InterruptedException {
            Instance first = auth(run).orElseThrow();
            NodePod client = NodePod.of(run.pods().stream()
                    .filter(pod -> "user-api".equals(pod.labels().get("app")))
                    .findFirst()
                    .orElseThrow());
            assertThat(seconds(client, first)).isGreaterThan(LATENCY);
            Node server = TwoNodes.server();
            var unusedCordon = server.kubectl("cordon", first.handle().node());
            try {
                var unusedDeletion = server.kubectl("delete", "pod", first.name(), "--grace-period=1", "--wait=false");
                await().atMost(Duration.ofSeconds(15))
                        .until(() -> auth(run)
                                .filter(pod -> !pod.uid().equals(first.uid()))
                                .isPresent());
                Instance second = auth(run).orElseThrow();
                assertThat(second.handle().node()).isNotEqualTo(first.handle().node());
                Thread.sleep(1000); // faults follow within a tenth of that
                assertThat(seconds(client, second)).isLessThan(LATENCY);
            } finally {
                var unusedUncordon = server.kubectl("uncordon", first.handle().node());
            }
        }

        private static Optional<Instance> auth(ChaosRun run) {
            return run.pods().stream()
                    .filter(pod -> "auth-service".equals(pod.labels().get("app")))
                    .findFirst();
        }

        private static double seconds(NodePod client, Instance pod) throws IOException, InterruptedException {
            return client.seconds("http://" + pod.address() + ":6060/readyz");
        }
    }
}
