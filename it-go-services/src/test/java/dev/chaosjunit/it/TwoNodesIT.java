// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.Mode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnK3s
@Tag("nodes")
@DisplayName("On a Deployment whose pods are on two nodes")
class TwoNodesIT {
    private static final String AUTH = "auth-service.default.svc.cluster.local";

    /** Far above what the documentation states, as this machine may be busy. */
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(2);

    @Test
    @DisplayName("a delay, a fault on DNS and a panic each hit a share counted over both, and no pod beside it, by"
            + " agents in nodes and by agents in pods")
    void spread() throws Exception {
        assertHitsWhereTold(Map.of(ChaosParameters.K3S_NODES, "2"));
        assertHitsWhereTold(TwoNodes.asForeign());
    }

    private static void assertHitsWhereTold(Map<String, String> runtime) throws IOException {
        SpreadTestCase.SEEN.clear();
        Fixtures.succeeds(SpreadTestCase.class, runtime);

        Report report = Report.of("SpreadTestCase.hit");
        assertThat(report.spreads()).hasSize(3).allMatch(spread -> spread.compareTo(BEGINS_WITHIN) < 0);
        SpreadTestCase.SEEN.forEach((fault, pods) -> {
            assertThat(pods).as("pods that show a %s, seen from outside", fault).hasSize(3);
            Map<String, String> told = report.hitPods(fault);
            assertThat(told.keySet()).as(fault).isEqualTo(pods);
            assertThat(told.values()).as(fault).contains("node-1", "node-2");
        });
        assertThat(SpreadTestCase.SEEN).hasSize(3);
    }

    @ChaosTest(manifests = "classpath:nodes/spread.yaml")
    @ShopImages
    static class SpreadTestCase {
        /** Which pods were seen to be hit, from outside, by the first word for the fault. */
        static final Map<String, Set<String>> SEEN = new ConcurrentHashMap<>();

        @Test
        @DnsChaos(
                selector = "app=user-api",
                mode = Mode.FIXED_PERCENT,
                value = "75",
                patterns = AUTH,
                action = DnsAction.SPOOF,
                ip = "192.0.2.1",
                duration = "8s")
        @NetworkDelay(
                selector = "app=user-api",
                mode = Mode.FIXED_PERCENT,
                value = "75",
                latency = "800ms",
                duration = "8s")
        @GoPanic(
                selector = "app=user-api",
                mode = Mode.FIXED_PERCENT,
                value = "75",
                function = "users.(*handler).get",
                duration = "8s")
        void hit(ChaosRun run) throws Exception {
            NodePod client = NodePod.of(pods(run, "auth-service").get(0));
            List<Instance> pods = pods(run, "user-api");
            assertThat(pods.stream()
                            .collect(Collectors.groupingBy(pod -> pod.handle().node(), Collectors.counting())))
                    .isEqualTo(Map.of("node-1", 2L, "node-2", 2L));
            Asked asked = new Asked();
            for (Instance pod : pods) {
                asked.about("DNS", pod, () -> spoofed(NodePod.of(pod).dig(AUTH)));
                asked.about("delay", pod, () -> client.seconds("http://" + pod.address() + ":6060/readyz") > 0.8);
                asked.about("panic", pod, () -> client.answer("http://" + pod.address() + ":8080/users/1") == 500);
            }
            SEEN.putAll(asked.answers());
        }

        private static boolean spoofed(String answer) {
            assertThat(answer).as("spoofed or not").containsPattern("IN\\s+A\\s+(10\\.43\\.|192\\.0\\.2\\.1)");
            return answer.contains("192.0.2.1");
        }

        private static List<Instance> pods(ChaosRun run, String app) {
            return run.pods().stream()
                    .filter(pod -> app.equals(pod.labels().get("app")))
                    .toList();
        }
    }

    /** Questions to pods, all at once, as a fault does not last. */
    private static final class Asked {
        private final Map<String, Set<String>> hit = new ConcurrentHashMap<>();
        private final List<Callable<Boolean>> questions = new ArrayList<>();

        void about(String fault, Instance pod, Callable<Boolean> isHit) {
            Set<String> pods = hit.computeIfAbsent(fault, unused -> ConcurrentHashMap.newKeySet());
            questions.add(() -> isHit.call() && pods.add(pod.title()));
        }

        Map<String, Set<String>> answers() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(questions.size());
            try {
                for (Future<Boolean> answer : threads.invokeAll(questions)) {
                    answer.get();
                }
            } finally {
                threads.shutdown();
            }
            return hit;
        }
    }
}
