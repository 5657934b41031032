// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.ChaosParameters.KUBECONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosTest;
import io.fabric8.kubernetes.api.model.LimitRangeItemBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("k3s")
@Tag("nodes")
@DisplayName("An existing cluster refuses")
class KubeconfigRefusalsIT {
    @RegisterExtension
    static final ForeignCluster CLUSTER = new ForeignCluster();

    /** Twice what anybody should wait for it, as these machines are shared. */
    private static final Duration WITHIN = Duration.ofSeconds(40);

    @Test
    @DisplayName("a user without the rights, and names them")
    void rights() throws IOException {
        CLUSTER.makeNamespace("foreign", Map.of());
        Path kubeconfig = ForeignUser.create(
                CLUSTER.client(), "foreign", rule -> !rule.getResources().contains("deployments"));

        assertThat(refusal(
                        ShopTestCase.class,
                        ForeignCluster.with(ForeignCluster.parameters("foreign"), KUBECONFIG, kubeconfig.toString())))
                .contains("create deployments.apps in namespace foreign", "patch deployments.apps in namespace foreign")
                .doesNotContain("services");
        assertThat(CLUSTER.objects("foreign")).isEmpty();
    }

    @Test
    @DisplayName("an object in a namespace that is not on the list")
    void namespace() {
        assertThat(refusal(ElsewhereTestCase.class, ForeignCluster.parameters("default")))
                .contains("ConfigMap/settings wants to be in namespace production", "chaos.namespaces is default");
    }

    @Test
    @DisplayName("the cluster's own namespaces, whatever the list says")
    void system() {
        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("default,kube-system")))
                .contains("chaos.namespaces", "namespace kube-system belongs to the cluster itself");
    }

    @Test
    @DisplayName("to go on without a list")
    void noList() {
        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters(" "))).contains("needs", "chaos.namespaces");
    }

    @Test
    @DisplayName("an object that belongs to no namespace")
    void clusterWide() {
        assertThat(refusal(ClusterWideTestCase.class, ForeignCluster.parameters("default")))
                .contains("ClusterRole/everything is in no namespace");
    }

    @Test
    @DisplayName("a namespace that is not there")
    void absent() {
        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("absent")))
                .contains("namespaces \"absent\" not found");
    }

    @Test
    @DisplayName("to touch what somebody else made")
    void stranger() {
        CLUSTER.makeSettings("default", "somebody");

        assertThat(refusal(SettingsTestCase.class, ForeignCluster.parameters("default")))
                .contains("ConfigMap/settings in namespace default is there already");
        assertThat(CLUSTER.settings("default").getData()).containsEntry("owner", "somebody");
    }

    @Test
    @DisplayName("pods that a Service of somebody else would call")
    void called() {
        CLUSTER.makeNamespace("called", Map.of());
        CLUSTER.makeService("called", "theirs", Map.of("app", "user-api"));

        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("called")))
                .contains("Service/theirs in namespace called", "selects {app=user-api}", "Deployment/user-api");
        assertThat(CLUSTER.objects("called")).doesNotContain("Deployment/user-api");
    }

    @Test
    @DisplayName("to run without its agent, and says how nodes get the image")
    void noAgentImage() {
        CLUSTER.makeNamespace("imageless", Map.of());

        assertThat(refusal(
                        ShopTestCase.class,
                        ForeignCluster.with(
                                ForeignCluster.parameters("imageless"),
                                ChaosParameters.AGENT_IMAGE,
                                "localhost:1/agent:absent")))
                .contains(
                        "for node " + CLUSTER.node(),
                        "Its image is localhost:1/agent:absent, which chaos.agent.image names",
                        "ImagePull");
        CLUSTER.assertGone("imageless");
    }

    @Test
    @DisplayName("a namespace that admits no privileged pods, and names the label")
    void guarded() {
        CLUSTER.makeNamespace("guarded", Map.of("pod-security.kubernetes.io/enforce", "baseline"));

        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("guarded")))
                .contains(
                        "for node " + CLUSTER.node() + ", is not let in",
                        "violates PodSecurity",
                        "kubectl label namespace guarded --overwrite pod-security.kubernetes.io/enforce=privileged");
        CLUSTER.assertGone("guarded");
    }

    @Test
    @DisplayName("a namespace whose quota has no room for the agent, and names the quota")
    void quota() {
        CLUSTER.makeNamespace("small", Map.of());
        CLUSTER.makeQuota("small", 2); // the services' pods

        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("small")))
                .contains(
                        "for node " + CLUSTER.node() + ", is not let in",
                        "exceeded quota: few-pods",
                        "kubectl describe resourcequota --namespace small");
        CLUSTER.assertGone("small");
    }

    @Test
    @DisplayName("a namespace whose limits the agent is above, and says what it asks for")
    void limits() {
        CLUSTER.makeNamespace("narrow", Map.of());
        CLUSTER.makeLimits(
                "narrow", containers().addToMax("memory", new Quantity("256Mi")).build());

        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("narrow")))
                .contains(
                        "for node " + CLUSTER.node() + ", is not let in",
                        "maximum memory usage per Container is 256Mi, but limit is 512Mi",
                        "kubectl describe limitrange --namespace narrow");
        CLUSTER.assertGone("narrow");
    }

    @Test
    @DisplayName("a namespace that gives the agent limits which it did not ask for")
    void limitedAgent() {
        CLUSTER.makeNamespace("throttled", Map.of());
        CLUSTER.makeLimits(
                "throttled", containers().addToDefault("cpu", new Quantity("1")).build());

        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("throttled")))
                .contains(
                        "for node " + CLUSTER.node() + ", has a limit of 1 of cpu in place of none",
                        "kubectl describe limitrange --namespace throttled");
        CLUSTER.assertGone("throttled");
    }

    private static LimitRangeItemBuilder containers() {
        return new LimitRangeItemBuilder().withType("Container");
    }

    @Test
    @DisplayName("to wait for images that it does not build")
    void noServiceImage() {
        assertThat(refusal(ImagelessTestCase.class, ForeignCluster.parameters("default")))
                .contains("ErrImageNeverPull", "no @GoImage is built");
    }

    @Test
    @DisplayName("a namespace that does not admit the services, in the API server's words")
    void restricted() {
        CLUSTER.makeNamespace("restricted", Map.of("pod-security.kubernetes.io/enforce", "restricted"));

        assertThat(refusal(ShopTestCase.class, ForeignCluster.parameters("restricted")))
                .contains("no pod can be made", "violates PodSecurity \"restricted:latest\"");
        CLUSTER.assertGone("restricted");
    }

    /** Why a class failed, and soon: its runtime was named, so whoever did that waits for an answer. */
    private static String refusal(Class<?> testCase, Map<String, String> parameters) {
        long start = System.nanoTime();
        String message =
                String.valueOf(Fixtures.onlyFailure(testCase, parameters).getMessage());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WITHIN);
        return message;
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    static class ShopTestCase {
        @Test
        void never() {}
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
