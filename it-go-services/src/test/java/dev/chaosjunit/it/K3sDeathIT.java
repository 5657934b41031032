// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.fault.DnsAction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@DisplayName("In a node, an experiment ends at once as inconclusive, and says why, when somebody kills")
class K3sDeathIT {
    /** Of its fault, which is as long: far more than it takes, on however busy a machine. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

    @Test
    @DisplayName("the agent")
    void agent() {
        assertThat(reason("chaos-agent --silence")).contains("the agent ended", "in node", "exit code 137");
    }

    @Test
    @DisplayName("containerd")
    void containerd() {
        assertThat(reason("containerd --config"))
                .contains("the node", "ended with exit code", "containerd died of killed");
    }

    @Test
    @Tag("slow")
    @DisplayName("the kubelet")
    void kubelet() {
        assertThat(reason("kubelet --")).contains("the node", "ended with exit code", "kubelet died of killed");
    }

    @Test
    @Tag("slow")
    @DisplayName("the keeper")
    void keeper() {
        assertThat(reason("keeper keep")).contains("the keeper of its pods' io_uring listeners ended");
    }

    @Test
    @Tag("slow")
    @DisplayName("the node's own first process")
    void node() {
        assertThat(reason("k3s server")).containsPattern("node \\S+( ended|: it ended) with exit code 137");
    }

    private static String reason(String victim) {
        KillTestCase.victim = victim;
        Throwable failure = Fixtures.onlyFailure(KillTestCase.class);
        assertThat(failure).isInstanceOf(InconclusiveException.class);
        System.out.printf("[k3s] the death of \"%s\" was seen after %d ms%n", victim, KillTestCase.seenMillis);
        assertThat(KillTestCase.seenMillis).isLessThan(SEEN_WITHIN.toMillis());
        return String.valueOf(failure.getMessage());
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class KillTestCase {
        /** Of its command line. */
        static volatile String victim = "";

        static volatile long seenMillis;

        @Test
        @DnsChaos(selector = "app=user-api", patterns = "*.example.org", action = DnsAction.NXDOMAIN, duration = "10s")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            Commands.runAsRoot(List.of("kill", "-9", pid(Node.of(run.targets().get(0)))));
            long killed = System.nanoTime();
            try {
                Thread.sleep(SEEN_WITHIN.toMillis());
            } finally {
                seenMillis = (System.nanoTime() - killed) / 1_000_000;
            }
        }

        /** As this machine numbers it. */
        private static String pid(Node node) throws IOException, InterruptedException {
            return node.processes()
                    .lines()
                    .filter(process -> process.contains(victim) && !process.contains("sh "))
                    .map(process -> process.strip().split(" ", 2)[0])
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no process " + victim + " in the node"));
        }
    }
}
