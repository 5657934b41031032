// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.kubernetes.ManifestObjects;
import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnableKubernetesMockClient(crud = true, https = false)
@DisplayName("Beside others in a namespace, a run")
@SuppressWarnings("NullAway.Init") // the mock server is set by its extension
class NeighboursTests {
    private static final String SHOP = """
            apiVersion: v1
            kind: Pod
            metadata: {name: shop, namespace: team, labels: {app: shop, tier: web}}
            ---
            """;

    private KubernetesClient client;
    private KubernetesMockServer server;

    @Test
    @DisplayName("is refused where a Service of theirs would call its pods")
    void called() {
        theirService("team", Map.of("app", "shop"));

        assertThatThrownBy(() -> look(SHOP))
                .isInstanceOf(ClusterException.class)
                .hasMessageContainingAll(
                        "Service/theirs in namespace team, which was not made by chaos-junit, selects {app=shop}",
                        "the pods of Pod/shop in namespace team",
                        "chaos.namespaces");
    }

    @Test
    @DisplayName("is let in where their Services select other pods, or are elsewhere, or are ours")
    void notCalled() {
        theirService("team", Map.of("app", "shop", "tier", "db"));
        theirService("other", Map.of("app", "shop"));
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("ours")
                        .withNamespace("team")
                        .withLabels(Marks.of("r0"))
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("app", "shop"))
                        .endSpec()
                        .build())
                .create();

        assertThat(look(SHOP)).isEmpty();
    }

    @Test
    @DisplayName("says so where it may not list Services")
    void mayNotLook() {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/team/services")
                .andReturn(403, new StatusBuilder().withCode(403).build())
                .always();

        assertThat(look(SHOP)).singleElement().asString().contains("nobody looked", "list services in namespace team");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {podSelector: {}}",
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {podSelector: {matchLabels: {app: shop}}}",
                "apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: {selector: {matchLabels: {app: shop}}}",
                "apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: {selector: {}}",
            })
    @DisplayName("is refused where a policy of its own would select their pods")
    void rules(String policy) {
        pod("theirs", Map.of("app", "shop"));
        pod("ours", Map.of("app", "shop", Marks.RUN, "r1"));
        pod("agent", Map.of(AgentJob.LABEL, "a"));

        assertThatThrownBy(() -> look(policy + "\nmetadata: {name: limit, namespace: team}"))
                .isInstanceOf(ClusterException.class)
                .hasMessageContainingAll("/limit in namespace team would also select pods", "[theirs]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {podSelector: {matchLabels: {app: cart}}}",
                "apiVersion: policy/v1\nkind: PodDisruptionBudget\nspec: {maxUnavailable: 1}",
            })
    @DisplayName("may rule its own pods")
    void rulesItsOwn(String policy) {
        pod("theirs", Map.of("app", "shop"));

        assertThat(look(policy + "\nmetadata: {name: limit, namespace: team}")).isEmpty();
    }

    @Test
    @DisplayName("is refused where an object of theirs has the name of one of its own, and may have its own again")
    void named() {
        pod("shop", Map.of("app", "shop"));
        pod("cart", Marks.of("r1"));
        Neighbours neighbours = new Neighbours(client, "r1");

        neighbours.admit(wanted("cart"));
        neighbours.admit(wanted("new"));
        assertThatThrownBy(() -> neighbours.admit(wanted("shop")))
                .isInstanceOf(ClusterException.class)
                .hasMessageContainingAll(
                        "Pod/shop in namespace team is there already and was not made by chaos-junit",
                        "Delete or rename it",
                        "chaos.namespaces");
    }

    private static HasMetadata wanted(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("team")
                .endMetadata()
                .build();
    }

    private List<String> look(String yaml) {
        List<HasMetadata> objects = ManifestObjects.read(List.of(new ManifestSource("shop.yaml", yaml)));
        return new Neighbours(client, "r1").look(objects);
    }

    private void theirService(String namespace, Map<String, String> selector) {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("theirs")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(selector)
                        .endSpec()
                        .build())
                .create();
    }

    private void pod(String name, Map<String, String> labels) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("team")
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }
}
