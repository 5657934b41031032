// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.NetworkCorrupt;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkDuplicate;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.NetworkPartition;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.CorruptAction;
import dev.chaosjunit.fault.DnsAction;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@OnK3s
@Tag("nodes")
@DisplayName("kill -9 of the JVM in the middle of a fault in a node")
class K3sKillIT {
    private static final String AUTH = "auth-service.default.svc.cluster.local";
    private static final Map<String, String> NO_CLEANER = Map.of("TESTCONTAINERS_RYUK_DISABLED", "true");

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @DisplayName("ends the fault within two seconds, though the node still runs; the next JVM removes that")
    void jvm() throws Exception {
        ChildJvm child = ChildJvm.start(HoldTestCase.class, NO_CLEANER);
        String node;
        try {
            node = child.awaitLineThatBegins(HoldTestCase.NODE);
            NodePod pod = NodePod.ofContainer(child.awaitLineThatBegins(HoldTestCase.INJECTED));
            Set<Integer> ours = new Node(node).programs();
            assertThat(ours).isNotEmpty();
            assertThat(Footprint.loaded(ours)).isEqualTo(ours);
            assertThat(new Node(node).processes()).contains("/chaos-agent");
            assertThat(pod.dig(AUTH)).contains("status: NXDOMAIN");

            child.kill();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(2)) // the looks themselves take up to half a second each
                    .untilAsserted(() -> {
                        assertThat(pod.dig(AUTH)).contains("status: NOERROR");
                        assertThat(Footprint.loaded(ours)).isEmpty();
                        assertThat(new Node(node).processes())
                                .contains("/coredns")
                                .doesNotContain("/chaos-agent");
                    });
        } finally {
            child.kill();
        }
        removedByTheNext(node);
    }

    /** Also by one that cannot have a node itself. A node is given some seconds to get its agent: they have to pass. */
    private static void removedByTheNext(String node) throws Exception {
        Thread.sleep(Duration.ofSeconds(8).toMillis());
        assertThat(Node.exists(node)).isTrue();
        try (DockerProxy engine = DockerProxy.start(DockerProxy.Answer.NOT_PRIVILEGED)) {
            String output = ChildJvm.start(NextTestCase.class, Map.of("DOCKER_HOST", engine.dockerHost()))
                    .output(Duration.ofMinutes(1));
            assertThat(Node.exists(node)).as(output).isFalse();
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class HoldTestCase {
        static final String NODE = "node ";
        static final String INJECTED = "injected ";

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "100ms", duration = "1m", externalTargets = "192.0.2.1")
        @NetworkLoss(selector = "app=user-api", loss = "10%", duration = "1m", externalTargets = "192.0.2.2")
        @NetworkDuplicate(selector = "app=user-api", duplicate = "10%", duration = "1m", externalTargets = "192.0.2.2")
        @NetworkCorrupt(
                selector = "app=user-api",
                corrupt = "1%",
                action = CorruptAction.DETECTED,
                duration = "1m",
                externalTargets = "192.0.2.2")
        @NetworkPartition(selector = "app=user-api", duration = "1m", externalTargets = "192.0.2.3")
        @ConnectionReset(selector = "app=user-api", duration = "1m", externalTargets = "192.0.2.1")
        @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.NXDOMAIN, duration = "1m")
        void hold(ChaosRun run) throws IOException, InterruptedException {
            Instance target = run.targets().get(0);
            System.out.println(NODE + Node.of(target).container());
            System.out.println(INJECTED + ((Handle.Container) target.handle()).id());
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class NextTestCase {
        @Test
        void test() {}
    }
}
