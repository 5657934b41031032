// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.testkit.engine.EngineTestKit;

@Tag("k3s")
@Tag("nodes")
@Isolated("measures how long requests take")
@DisplayName("In an existing cluster")
class KubeconfigIT {
    @RegisterExtension
    static final ForeignCluster CLUSTER = new ForeignCluster();

    @Test
    @DisplayName("a chaos test comes to its verdict, and leaves nothing behind")
    void verdict() throws IOException {
        CLUSTER.makeNamespace("shop", Map.of());

        Fixtures.succeeds(VerdictTestCase.class, ForeignCluster.parameters("shop"));

        assertThat(Files.readString(Fixtures.REPORT.resolve("VerdictTestCase.unresolved.json")))
                .contains("images as its nodes have or pull them: 2 pods in namespace shop, load by node ports\"");
        CLUSTER.assertGone("shop");
    }

    @Test
    @DisplayName("kill -9 of the JVM ends the fault and its agent, and then all else goes, without a next run")
    void killed() throws Exception {
        CLUSTER.makeNamespace("killed", Map.of());
        ChildJvm child = ChildJvm.start(HoldTestCase.class, options(ForeignCluster.parameters("killed")));
        try {
            child.awaitLine(HoldTestCase.INJECTED);
            assertThat(CLUSTER.objects("killed")).anyMatch(name -> name.startsWith("Job/chaos-junit-agent-"));
            assertThat(millisOfRequest("killed")).isGreaterThan(HoldTestCase.LATENCY_MILLIS);

            child.kill();

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(millisOfRequest("killed")).isLessThan(HoldTestCase.LATENCY_MILLIS));
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(CLUSTER.objects("killed"))
                            .noneMatch(name -> name.startsWith("Job/chaos-junit-agent-")));
            assertThat(CLUSTER.objects("killed"))
                    .contains("Deployment/user-api", "Lease/chaos-junit")
                    .anyMatch(name -> name.startsWith("Job/chaos-junit-guard-"));
            CLUSTER.assertGone("killed", Duration.ofSeconds(60));
        } finally {
            child.kill();
        }
    }

    @Test
    @Tag("slow")
    @DisplayName("a JVM that is stopped for 20 s, as by a debugger, loses its faults but no object")
    void paused() throws Exception {
        CLUSTER.makeNamespace("paused", Map.of());
        ChildJvm child = ChildJvm.start(HoldTestCase.class, options(ForeignCluster.parameters("paused")));
        try {
            child.awaitLine(HoldTestCase.INJECTED);
            List<String> before = CLUSTER.objects("paused");

            signal(child, "STOP");
            Thread.sleep(Duration.ofSeconds(20).toMillis());
            await().atMost(Duration.ofSeconds(5)) // the first request of a JVM is slow by itself
                    .untilAsserted(() -> assertThat(millisOfRequest("paused")).isLessThan(HoldTestCase.LATENCY_MILLIS));
            assertThat(CLUSTER.objects("paused"))
                    .containsAll(before.stream()
                            .filter(name -> !name.contains("-agent-"))
                            .toList());

            signal(child, "CONT");
            assertThat(child.output(Duration.ofMinutes(2))).contains("INCONCLUSIVE", "the agent ended");
            CLUSTER.assertGone("paused");
        } finally {
            child.kill();
        }
    }

    private static void signal(ChildJvm child, String signal) throws IOException, InterruptedException {
        var unused =
                Commands.run("kill", "-" + signal, Long.toString(child.process().pid()));
    }

    @Test
    @DisplayName("a Lease that has expired is taken over, and what it owns taken away")
    void takenOver() {
        CLUSTER.makeNamespace("expired", Map.of());
        CLUSTER.makeSettings("expired", "killed", CLUSTER.makeExpiredLease("expired"));

        Fixtures.succeeds(NextTestCase.class, ForeignCluster.parameters("expired"));

        CLUSTER.assertGone("expired");
        assertThat(CLUSTER.hasSettings("expired")).isFalse();
    }

    @Test
    @DisplayName("beside a stranger's pods with the same labels, all load meets the fault")
    void besideStrangers() throws IOException {
        CLUSTER.makeNamespace("beside", Map.of());
        CLUSTER.makePod("beside", "stranger", Map.of("app", "user-api"));

        Fixtures.succeeds(BesideTestCase.class, ForeignCluster.parameters("beside"));

        assertThat(Files.readString(Fixtures.REPORT.resolve("BesideTestCase.delayed.json")))
                .contains("Service/elsewhere selects no pod of the manifests and was left as it is");
        assertThat(CLUSTER.objects("beside")).contains("Pod/stranger");
    }

    @Test
    @DisplayName("classes side by side take turns in a namespace")
    void turns() {
        CLUSTER.makeNamespace("turns", Map.of());

        Fixtures.complete(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(NextTestCase.class), selectClass(OtherTestCase.class))
                        .configurationParameters(ForeignCluster.parameters("turns"))
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                        .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                        .execute())
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(2).failed(0));
    }

    @Test
    @DisplayName("objects in several namespaces are owned by a guard in each, which the Lease there owns")
    void owners() {
        CLUSTER.makeNamespace("production", Map.of());
        CLUSTER.makeNamespace("staging", Map.of());

        Fixtures.succeeds(OwnersTestCase.class, ForeignCluster.parameters("staging,production"));

        assertThat(CLUSTER.objects("staging")).isEmpty();
        assertThat(CLUSTER.objects("production")).isEmpty();
    }

    private static long millisOfRequest(String namespace) {
        int port = CLUSTER.client()
                .services()
                .inNamespace(namespace)
                .withName("user-api-chaos-door")
                .require()
                .getSpec()
                .getPorts()
                .get(0)
                .getNodePort();
        return given().baseUri("http://" + CLUSTER.address() + ":" + port)
                .get("/users/1")
                .time();
    }

    private static String[] options(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> "-D" + parameter.getKey() + "=" + parameter.getValue())
                .toArray(String[]::new);
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @Load(url = "http://user-api/users/1", rate = "200/s")
    @Slo(p99 = "500ms", errorRate = "1%")
    @GoroutineBaseline(within = "30s")
    static class VerdictTestCase {
        @Test
        @DnsChaos(
                selector = "app=user-api",
                patterns = "*.svc.cluster.local",
                action = DnsAction.NXDOMAIN,
                duration = "3s")
        @Slo(phase = Phase.FAULT, p99 = "1s", errorRate = "1%")
        void unresolved(ChaosRun run) {
            given().baseUri(run.service("user-api").url())
                    .get("/users/1")
                    .then()
                    .statusCode(200)
                    .body("degraded", is(true));
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    static class HoldTestCase {
        static final String INJECTED = "injected";
        static final long LATENCY_MILLIS = 400;

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "400ms", duration = "1m")
        void hold() throws InterruptedException {
            System.out.println(INJECTED);
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    static class NextTestCase {
        @Test
        void runs(ChaosRun run) {
            given().baseUri(run.service("user-api").url())
                    .get("/users/1")
                    .then()
                    .statusCode(200);
            assertThat(run.pods()).hasSize(2);
        }
    }

    @ChaosTest(manifests = {"classpath:user-api.yaml", "classpath:kubeconfig/left-alone.yaml"})
    static class BesideTestCase {
        private static final long LATENCY_MILLIS = 100;
        private static final Duration ASKED = Duration.ofSeconds(2);

        /** For some of its time only: a request that is on its way when it ends is let go. */
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "100ms", duration = "6s")
        void delayed(ChaosRun run) {
            for (String service : List.of("user-api", "user-api-chaos-door")) {
                assertThat(CLUSTER.podsBehind("beside", service))
                        .containsExactly(run.targets().get(0).name());
            }
            long end = System.nanoTime() + ASKED.toNanos();
            do {
                Response response = given().header("Connection", "close")
                        .baseUri(run.service("user-api").url())
                        .get("/users/1");
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.time()).isGreaterThanOrEqualTo(LATENCY_MILLIS);
            } while (System.nanoTime() < end);
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    static class OtherTestCase {
        @Test
        void runs(ChaosRun run) {
            assertThat(run.pods()).hasSize(2);
        }
    }

    @ChaosTest(manifests = {"classpath:kubeconfig/settings.yaml", "classpath:kubeconfig/elsewhere.yaml"})
    static class OwnersTestCase {
        @Test
        void runs() {
            for (String namespace : List.of("staging", "production")) {
                OwnerReference guard = onlyOwner(CLUSTER.settings(namespace));
                assertThat(guard.getKind()).isEqualTo("Job");
                assertThat(onlyOwner(CLUSTER.job(namespace, guard.getName())).getUid())
                        .isEqualTo(CLUSTER.leaseUid(namespace));
            }
        }

        private static OwnerReference onlyOwner(HasMetadata object) {
            assertThat(object.getMetadata().getOwnerReferences()).hasSize(1);
            return object.getMetadata().getOwnerReferences().get(0);
        }
    }
}
