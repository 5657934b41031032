// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnK3s
@DisplayName("A fault on one of two pods of a node, seen by dig and curl in the pods' namespaces,")
@ChaosTest(manifests = "classpath:orders.yaml")
@ShopImages
class K3sSeenFromOutsideIT {
    private static final String USERS = "user-api.default.svc.cluster.local";
    private static final String OTHER = "auth-service.default.svc.cluster.local";

    @Test
    @DisplayName("hits its name at the cluster's CoreDNS, spares other names and the other pod, and is gone after it")
    @DnsChaos(
            selector = "app=order-service",
            mode = Mode.ONE,
            patterns = USERS,
            action = DnsAction.NXDOMAIN,
            duration = "4s")
    void dns(ChaosRun run) throws Exception {
        assertThat(run.targets()).hasSize(1);
        NodePod target = NodePod.of(run.targets().get(0));
        NodePod spared = NodePod.of(otherReplica(run));
        List<String> answers = Dig.answers(target.dig(USERS, "USER-api.default.SVC.cluster.local", OTHER));
        assertThat(answers.subList(0, 2)).allMatch(answer -> answer.contains("status: NXDOMAIN"));
        assertThat(answers.get(2)).contains("status: NOERROR").containsPattern("IN\\s+A\\s+10\\.43\\.");
        assertThat(spared.dig(USERS)).contains("status: NOERROR").containsPattern("IN\\s+A\\s+10\\.43\\.");
        run.awaitRevert();
        assertThat(target.dig(USERS)).contains("status: NOERROR").containsPattern("IN\\s+A\\s+10\\.43\\.");
    }

    @Test
    @DisplayName("makes answers of the cluster's CoreDNS late, cut off, and, over TCP, resets their connection")
    @DnsChaos(
            selector = "app=auth-service",
            patterns = {"late.*", "lat?r.test"},
            action = DnsAction.DELAY,
            latency = "300ms",
            duration = "3s")
    @DnsChaos(selector = "app=auth-service", patterns = "auth-*", action = DnsAction.TRUNCATE, duration = "3s")
    @DnsChaos(selector = "app=auth-service", patterns = USERS, action = DnsAction.NODATA, duration = "3s")
    void unusualAnswers(ChaosRun run) throws Exception {
        NodePod target = NodePod.of(run.targets().get(0));
        assertThat(Dig.milliseconds(target.dig("later.test"))).isGreaterThan(290);
        assertThat(target.dig(OTHER))
                .contains("Truncated, retrying in TCP mode")
                .containsPattern("IN\\s+A\\s+10\\.43\\.");
        assertThat(target.dig(USERS)).contains("status: NOERROR").contains("ANSWER: 0");
        assertThatThrownBy(() -> target.dig(USERS, "+tcp")).hasMessageContaining("connection reset");
        run.awaitRevert();
        assertThat(target.dig(USERS, "+tcp")).containsPattern("IN\\s+A\\s+10\\.43\\.");
    }

    @Test
    @DisplayName("delays what it sends, and not what the other sends, and is gone after it")
    @NetworkDelay(selector = "app=order-service", mode = Mode.ONE, latency = "400ms", duration = "4s")
    void delay(ChaosRun run) throws Exception {
        assertThat(run.targets()).hasSize(1);
        NodePod client = NodePod.of(pods(run, "auth-service").get(0));
        String target = admin(run.targets().get(0));
        String spared = admin(otherReplica(run));
        assertThat(client.seconds(target)).isGreaterThan(0.4);
        assertThat(client.seconds(spared)).isLessThan(0.4);
        run.awaitRevert();
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(client.seconds(target)).isLessThan(0.4));
    }

    private static Instance otherReplica(ChaosRun run) {
        return pods(run, "order-service").stream()
                .filter(pod -> !run.targets().contains(pod))
                .findFirst()
                .orElseThrow();
    }

    private static List<Instance> pods(ChaosRun run, String app) {
        return run.pods().stream()
                .filter(pod -> app.equals(pod.labels().get("app")))
                .toList();
    }

    private static String admin(Instance pod) {
        return "http://" + pod.address() + ":6060/readyz";
    }
}
