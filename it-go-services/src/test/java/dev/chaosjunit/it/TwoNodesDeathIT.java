// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.DnsAction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@Tag("slow")
@DisplayName("On two nodes, an experiment ends as inconclusive, and its faults on the other, when in mid-fault")
class TwoNodesDeathIT {
    /** What chaos.node.timeout is by default. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A thread of a busy machine may come so late. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** All that a run has to take away. */
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(20);

    private static final Map<String, String> TWO = Map.of(ChaosParameters.K3S_NODES, "2");

    @Test
    @DisplayName("a node is lost")
    void node() throws Exception {
        assertThat(reason(TWO, KillTestCase::killNode)).contains("node node-2/", "ended with exit code 137");
        assertLiftedOnTheOther();
    }

    @Test
    @DisplayName("an agent dies")
    void agent() throws Exception {
        assertThat(reason(TWO, KillTestCase::killAgent)).contains("the agent ended", "node node-2/", "exit code 137");
    }

    @Test
    @DisplayName("an agent is stopped and stays silent")
    void silentAgent() throws Exception {
        assertThat(reason(TWO, KillTestCase::stopAgent)).contains("the agent ended", "node node-2/");
    }

    @Test
    @DisplayName("a node of somebody's cluster is lost, behind which connections stay silent")
    void foreignNode() throws Exception {
        Fixtures.succeeds(UpTestCase.class, TWO);

        assertThat(reason(TwoNodes.asForeign(), KillTestCase::killNode)).contains("the agent ended", "on node node-2");
    }

    private static void assertLiftedOnTheOther() throws IOException, InterruptedException {
        NodePod client = NodePod.of(KillTestCase.spared.get(0));
        assertThat(client.seconds("http://" + KillTestCase.spared.get(1).address() + ":6060/readyz"))
                .isLessThan(KillTestCase.LATENCY);
    }

    private static String reason(Map<String, String> runtime, Killer killer) {
        KillTestCase.killer = killer;
        Throwable failure = Fixtures.onlyFailure(KillTestCase.class, runtime);
        long all = System.nanoTime() - KillTestCase.killedNanos;
        System.out.printf("[nodes] seen after %d ms, over after %d ms%n", KillTestCase.seenMillis, all / 1_000_000);
        assertThat(failure).isInstanceOf(InconclusiveException.class);
        assertThat(KillTestCase.seenMillis).isLessThan(TIMEOUT.plus(BUSY).toMillis());
        assertThat(Duration.ofNanos(all)).as("nothing waits longer for it").isLessThan(TIMEOUT.plus(CLOSES_WITHIN));
        return String.valueOf(failure.getMessage());
    }

    /** Ends something of a pod's node. */
    @FunctionalInterface
    private interface Killer {
        void kill(Instance pod) throws IOException, InterruptedException;
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    @ShopImages
    static class UpTestCase {
        @Test
        void up() {}
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    @ShopImages
    static class KillTestCase {
        static final double LATENCY = 1;

        static volatile Killer killer = pod -> {};
        static volatile List<Instance> spared = List.of();
        static volatile long killedNanos;
        static volatile long seenMillis;

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "1s", duration = "40s")
        @DnsChaos(selector = "app=user-api", patterns = "a.invalid", action = DnsAction.NXDOMAIN, duration = "40s")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            assertThat(run.targets()).hasSize(4);
            spared = on(run, "node-1");
            Instance victim = on(run, "node-2").get(0);
            killedNanos = System.nanoTime();
            try {
                killer.kill(victim);
                Thread.sleep(Duration.ofSeconds(35).toMillis());
            } finally {
                seenMillis = (System.nanoTime() - killedNanos) / 1_000_000;
            }
        }

        private static List<Instance> on(ChaosRun run, String node) {
            return run.targets().stream()
                    .filter(pod -> pod.handle().node().equals(node))
                    .toList();
        }

        static void killNode(Instance pod) throws IOException, InterruptedException {
            var unused = Commands.run("docker", "kill", Node.of(pod).container());
        }

        static void killAgent(Instance pod) throws IOException, InterruptedException {
            signal("-9", pod);
        }

        static void stopAgent(Instance pod) throws IOException, InterruptedException {
            signal("-STOP", pod);
        }

        private static void signal(String signal, Instance pod) throws IOException, InterruptedException {
            String agent = Node.of(pod)
                    .processes()
                    .lines()
                    .filter(process -> process.contains("chaos-agent --silence"))
                    .map(process -> process.strip().split(" ", 2)[0])
                    .findFirst()
                    .orElseThrow();
            Commands.runAsRoot(List.of("kill", signal, agent));
        }
    }
}
