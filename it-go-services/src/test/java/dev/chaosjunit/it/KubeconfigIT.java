// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.ChaosParameters.KUBECONFIG;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("k3s")
@Isolated("measures how long requests take")
@DisplayName("In an existing cluster")
class KubeconfigIT {
    @RegisterExtension
    static final ForeignCluster CLUSTER = new ForeignCluster();

    @Test
    @DisplayName("a chaos test comes to its verdict, and leaves nothing behind")
    void verdict() throws IOException {
        CLUSTER.makeNamespace("shop", Map.of());

        Fixtures.succeeds(VerdictTestCase.class, parameters("shop"));

        assertThat(Files.readString(Fixtures.REPORT.resolve("VerdictTestCase.unresolved.json")))
                .contains("images as its nodes have or pull them: 2 pods in namespace shop\"");
        assertGone("shop");
    }

    @Test
    @DisplayName("kill -9 of the JVM ends the fault and its agent, and the next run takes the rest away")
    void killed() throws Exception {
        CLUSTER.makeNamespace("killed", Map.of());
        ChildJvm child = ChildJvm.start(HoldTestCase.class, options(parameters("killed")));
        try {
            child.awaitLine(HoldTestCase.INJECTED);
            assertThat(agents("killed")).hasSize(1);
            assertThat(millisOfRequest("killed")).isGreaterThan(HoldTestCase.LATENCY_MILLIS);

            child.kill();

            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(millisOfRequest("killed")).isLessThan(HoldTestCase.LATENCY_MILLIS));
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(agents("killed")).isEmpty());
            assertThat(CLUSTER.objects("killed")).contains("Deployment/user-api", "Lease/chaos-junit");
        } finally {
            child.kill();
        }
        Fixtures.succeeds(NextTestCase.class, parameters("killed"));
        assertGone("killed");
    }

    @Test
    @DisplayName("the rights of one Role are enough; load goes through the API server where nodes may not be asked for")
    void oneRole() throws IOException {
        CLUSTER.makeNamespace("team", Map.of());
        Path kubeconfig = CLUSTER.user("team", rules -> true);

        Fixtures.succeeds(RoutedTestCase.class, with(parameters("team"), KUBECONFIG, kubeconfig.toString()));

        assertThat(Files.readString(Fixtures.REPORT.resolve("RoutedTestCase.delayed.json")))
                .contains("2 pods in namespace team, by port-forward: [user-api, auth-service]");
    }

    @Nested
    @DisplayName("refuses")
    class Refusals {

        @Test
        @DisplayName("a user without the rights, and names them")
        void rights() throws IOException {
            CLUSTER.makeNamespace("foreign", Map.of());
            Path kubeconfig =
                    CLUSTER.user("foreign", rule -> !rule.getResources().contains("deployments"));

            assertThat(refusal(NextTestCase.class, with(parameters("foreign"), KUBECONFIG, kubeconfig.toString())))
                    .contains(
                            "create deployments.apps in namespace foreign",
                            "patch deployments.apps in namespace foreign")
                    .doesNotContain("services");
            assertThat(CLUSTER.objects("foreign")).isEmpty();
        }

        @Test
        @DisplayName("an object in a namespace that is not on the list")
        void namespace() {
            assertThat(refusal(ElsewhereTestCase.class, parameters("default")))
                    .contains("ConfigMap/settings wants to be in namespace production", "chaos.namespaces is default");
        }

        @Test
        @DisplayName("the cluster's own namespaces, whatever the list says")
        void system() {
            assertThat(refusal(NextTestCase.class, parameters("default,kube-system")))
                    .contains("chaos.namespaces", "namespace kube-system belongs to the cluster itself");
        }

        @Test
        @DisplayName("to go on without a list")
        void noList() {
            assertThat(refusal(NextTestCase.class, parameters(" "))).contains("needs", "chaos.namespaces");
        }

        @Test
        @DisplayName("an object that belongs to no namespace")
        void clusterWide() {
            assertThat(refusal(ClusterWideTestCase.class, parameters("default")))
                    .contains("ClusterRole/everything is in no namespace");
        }

        @Test
        @DisplayName("a namespace that is not there")
        void absent() {
            assertThat(refusal(NextTestCase.class, parameters("absent"))).contains("namespaces \"absent\" not found");
        }

        @Test
        @DisplayName("to touch what somebody else made")
        void stranger() {
            CLUSTER.makeSettings("default", "somebody");

            assertThat(refusal(SettingsTestCase.class, parameters("default")))
                    .contains("ConfigMap/settings in namespace default is there already");
            assertThat(CLUSTER.settings("default")).containsEntry("owner", "somebody");
        }

        @Test
        @DisplayName("to run without its agent, and says how nodes get the image")
        void noAgentImage() {
            CLUSTER.makeNamespace("imageless", Map.of());

            assertThat(refusal(
                            NextTestCase.class,
                            with(parameters("imageless"), ChaosParameters.AGENT_IMAGE, "localhost:1/agent:absent")))
                    .contains("Its image is localhost:1/agent:absent, which chaos.agent.image names", "ImagePull");
            assertGone("imageless");
        }

        @Test
        @DisplayName("a namespace that admits no privileged pods, and names the label")
        void guarded() {
            CLUSTER.makeNamespace("guarded", Map.of("pod-security.kubernetes.io/enforce", "baseline"));

            assertThat(refusal(NextTestCase.class, parameters("guarded")))
                    .contains(
                            "violates PodSecurity",
                            "kubectl label namespace guarded --overwrite pod-security.kubernetes.io/enforce=privileged");
            assertGone("guarded");
        }

        @Test
        @DisplayName("to wait for images that it does not build")
        void noServiceImage() {
            assertThat(refusal(ImagelessTestCase.class, parameters("default")))
                    .contains("ErrImageNeverPull", "no @GoImage is built");
        }

        private static String refusal(Class<?> testCase, Map<String, String> parameters) {
            return String.valueOf(Fixtures.onlyFailure(testCase, parameters).getMessage());
        }
    }

    private static void assertGone(String namespace) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(CLUSTER.objects(namespace)).isEmpty());
    }

    private static Map<String, String> with(Map<String, String> parameters, String key, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(key, value);
        return more;
    }

    private static List<Job> agents(String namespace) {
        return CLUSTER.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .list()
                .getItems();
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

    /** What a build says to run chaos tests in a namespace of a cluster. */
    static Map<String, String> parameters(String namespaces) {
        return Map.of(
                ChaosParameters.RUNTIME,
                "kubeconfig",
                KUBECONFIG,
                ForeignCluster.kubeconfig().toString(),
                ChaosParameters.NAMESPACES,
                namespaces,
                ChaosParameters.REQUIRE,
                "true");
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

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s", recovery = "1s")
    @Load(url = "http://user-api/users/1", rate = "100/s")
    static class RoutedTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "20ms", duration = "1s")
        void delayed() {}
    }

    @ChaosTest(manifests = "classpath:kubeconfig/elsewhere.yaml")
    static class ElsewhereTestCase {
        @Test
        void never() {}
    }

    @ChaosTest(manifests = "classpath:kubeconfig/cluster-wide.yaml")
    static class ClusterWideTestCase {
        @Test
        void never() {}
    }

    @ChaosTest(manifests = "classpath:kubeconfig/settings.yaml")
    static class SettingsTestCase {
        @Test
        void never() {}
    }

    @ChaosTest(manifests = "classpath:payments.yaml")
    @ShopImages
    static class ImagelessTestCase {
        @Test
        void never() {}
    }
}
