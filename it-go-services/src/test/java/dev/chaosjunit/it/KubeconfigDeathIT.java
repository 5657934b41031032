// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.fault.DnsAction;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("k3s")
@Tag("nodes")
@DisplayName("In an existing cluster, an experiment ends at once as inconclusive, and says why, when somebody")
class KubeconfigDeathIT {
    @RegisterExtension
    static final ForeignCluster CLUSTER = new ForeignCluster();

    /** Of its fault, which is as long: far more than it takes, on however busy a machine. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(15);

    @Test
    @DisplayName("deletes the agent's pod")
    void agent() {
        CLUSTER.makeNamespace("agentless", Map.of());

        assertThat(reason("agentless", () -> CLUSTER.deleteAgents("agentless")))
                .contains("the agent ended", "in pod chaos-junit-agent-");
    }

    @Test
    @Tag("slow")
    @DisplayName("deletes the guard, and with it all that the run had made")
    void guard() {
        CLUSTER.makeNamespace("unguarded", Map.of());

        assertThat(reason("unguarded", () -> CLUSTER.deleteGuards("unguarded")))
                .containsAnyOf("the run has lost namespace unguarded", "the agent ended");
        CLUSTER.assertGone("unguarded", Duration.ofSeconds(30));
    }

    private static String reason(String namespace, Runnable killer) {
        KillTestCase.killer = killer;
        Throwable failure = Fixtures.onlyFailure(KillTestCase.class, ForeignCluster.parameters(namespace));
        assertThat(failure).isInstanceOf(InconclusiveException.class);
        System.out.printf("[kubeconfig] in %s, the death was seen after %d ms%n", namespace, KillTestCase.seenMillis);
        assertThat(KillTestCase.seenMillis).isLessThan(SEEN_WITHIN.toMillis());
        return String.valueOf(failure.getMessage());
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    static class KillTestCase {
        static volatile Runnable killer = () -> {};
        static volatile long seenMillis;

        @Test
        @DnsChaos(selector = "app=user-api", patterns = "*.example.org", action = DnsAction.NXDOMAIN, duration = "15s")
        void killed(ChaosRun run) throws InterruptedException {
            assertThat(run.targets()).isNotEmpty();
            killer.run();
            long killed = System.nanoTime();
            try {
                Thread.sleep(SEEN_WITHIN.toMillis());
            } finally {
                seenMillis = (System.nanoTime() - killed) / 1_000_000;
            }
        }
    }
}
