// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.ChaosParameters.KUBECONFIG;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("k3s")
@Tag("nodes")
@Isolated("measures how long requests take")
@DisplayName("Where no node port can be reached, load goes by a relay")
class RelayIT {
    private static final Map<String, String> RESTRICTED = Map.of("pod-security.kubernetes.io/enforce", "restricted");
    private static final String BY_RELAY = ", load by the relay through the API server\"";

    @RegisterExtension
    static final ForeignCluster CLUSTER = new ForeignCluster();

    /** Its Service names the target port, which a port-forward to a Service does not look up. */
    @Test
    @DisplayName("and meets a delay that breaks the limit; the rights of one Role are enough")
    void delay() throws IOException {
        CLUSTER.makeNamespace("team", Map.of());
        Path kubeconfig = ForeignUser.create(CLUSTER.client(), "team", rule -> true);

        Throwable failure = Fixtures.onlyFailure(
                DelayTestCase.class,
                ForeignCluster.with(ForeignCluster.parameters("team"), KUBECONFIG, kubeconfig.toString()));

        assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("In the fault window")
                .hasMessageContaining("above the limit of 50ms")
                .hasMessageNotContaining("% of");
        assertThat(report(DelayTestCase.class, "delayed")).contains("2 pods in namespace team" + BY_RELAY);
        CLUSTER.assertGone("team");
    }

    @Test
    @Tag("slow")
    @DisplayName("to the pods of a headless Service, in a namespace that lets nothing privileged in")
    void restricted() throws IOException {
        CLUSTER.makeNamespace("agents", Map.of());
        CLUSTER.makeNamespace("limited", RESTRICTED);
        Path kubeconfig = ForeignUser.create(CLUSTER.client(), "agents", rule -> true);
        ForeignUser.grant(CLUSTER.client(), "limited", "agents", rule -> true);

        Fixtures.succeeds(
                HeadlessTestCase.class,
                ForeignCluster.with(ForeignCluster.parameters("agents,limited"), KUBECONFIG, kubeconfig.toString()));

        assertThat(report(HeadlessTestCase.class, "unresolved")).contains(BY_RELAY);
        CLUSTER.assertGone("limited");
        CLUSTER.assertGone("agents");
    }

    @Test
    @Tag("slow")
    @DisplayName("and a run whose relay dies ends as inconclusive, and says so")
    void lost() throws Exception {
        CLUSTER.makeNamespace("lost", Map.of());
        Path kubeconfig = ForeignUser.create(CLUSTER.client(), "lost", rule -> true);
        CompletableFuture<Void> killing = CompletableFuture.runAsync(LostTestCase::killRelay);

        Throwable failure = Fixtures.onlyFailure(
                LostTestCase.class,
                ForeignCluster.with(ForeignCluster.parameters("lost"), KUBECONFIG, kubeconfig.toString()));

        killing.get();
        assertThat(failure)
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("relay, pod chaos-junit-relay-")
                .hasMessageContaining("by which load goes, ended");
        CLUSTER.assertGone("lost");
    }

    /** What it costs is printed, for a machine that is shared promises nothing. */
    @Test
    @Tag("slow")
    @DisplayName("at 200/s for ten seconds, and no request fails")
    void sustained() throws IOException {
        CLUSTER.makeNamespace("pace", Map.of());
        Path kubeconfig = ForeignUser.create(CLUSTER.client(), "pace", rule -> true);
        Map<String, String> byNodePorts = ForeignCluster.parameters("pace");

        Fixtures.succeeds(PaceTestCase.class, byNodePorts);
        String direct = baseline("p50");
        Fixtures.succeeds(PaceTestCase.class, ForeignCluster.with(byNodePorts, KUBECONFIG, kubeconfig.toString()));

        System.out.println("p50 at 200/s: " + direct + " by node ports, " + baseline("p50") + " by the relay");
        assertThat(report(PaceTestCase.class, "paced")).contains(BY_RELAY);
        assertThat(baseline("errorRate")).isEqualTo("0%");
    }

    private static String baseline(String objective) throws IOException {
        return StreamSupport.stream(
                        Report.of("PaceTestCase.paced").json().get("slos").spliterator(), false)
                .filter(slo -> slo.get("window").asText().equals("baseline"))
                .filter(slo -> slo.get("objective").asText().equals(objective))
                .map(slo -> slo.get("observed").asText())
                .findFirst()
                .orElseThrow();
    }

    private static String report(Class<?> testCase, String method) throws IOException {
        return Files.readString(Fixtures.REPORT.resolve(testCase.getSimpleName() + "." + method + ".json"));
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @Load(url = "http://user-api/users/1", rate = "200/s")
    @Slo(errorRate = "2%")
    static class DelayTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "100ms", duration = "3s")
        @Slo(phase = Phase.FAULT, p50 = "50ms")
        void delayed() {}
    }

    @ChaosTest(manifests = "classpath:kubeconfig/limited.yaml", baseline = "2s", recovery = "2s")
    @Load(url = "http://user-api/users/1", rate = "200/s")
    @Slo(p95 = "1s", errorRate = "2%")
    static class HeadlessTestCase {
        @Test
        @DnsChaos(
                selector = "app=user-api",
                namespaces = "limited",
                patterns = "*.svc.cluster.local",
                action = DnsAction.SERVFAIL,
                duration = "3s")
        @Slo(phase = Phase.FAULT, p95 = "1s", errorRate = "2%")
        void unresolved(ChaosRun run) {
            given().baseUri(run.service("user-api").url())
                    .get("/users/1")
                    .then()
                    .statusCode(200)
                    .body("degraded", is(true));
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @Load(url = "http://user-api/users/1", rate = "50/s")
    static class LostTestCase {
        private static final CountDownLatch INJECTED = new CountDownLatch(1);

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "5ms", duration = "20s")
        void relayDies() throws InterruptedException {
            INJECTED.countDown();
            Thread.sleep(Duration.ofSeconds(20).toMillis());
        }

        static void killRelay() {
            try {
                INJECTED.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            CLUSTER.client().pods().inNamespace("lost").list().getItems().stream()
                    .filter(pod -> pod.getMetadata().getName().startsWith("chaos-junit-relay-"))
                    .forEach(pod ->
                            CLUSTER.client().resource(pod).withGracePeriod(0).delete());
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "10s", recovery = "2s")
    @Load(url = "http://user-api/users/1", rate = "200/s")
    @Slo(p50 = "1s", errorRate = "2%")
    static class PaceTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "5ms", duration = "2s")
        void paced() {}
    }
}
