// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@EnableKubernetesMockClient(crud = true, https = false)
@DisplayName("Services that come up")
@SuppressWarnings("NullAway.Init") // the mock server is set by its extension
class ServedPodsTests {
    private static final Service SHOP = new ServiceBuilder()
            .withNewMetadata()
            .withName("shop")
            .withNamespace("team")
            .endMetadata()
            .withNewSpec()
            .withSelector(Map.of("app", "shop"))
            .endSpec()
            .build();
    private static final List<Pod> PODS = List.of(pod("shop-1", "shop"), pod("shop-2", "shop"), pod("cart-1", "cart"));

    private KubernetesClient client;
    private KubernetesMockServer server;

    @BeforeEach
    void clear() {
        server.reset();
    }

    @Test
    @Timeout(20)
    @DisplayName("are waited for until their slices have all ready pods")
    void waits() throws Exception {
        slice("shop-a", "shop-1");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> await(Duration.ofMinutes(1)));
        Thread.sleep(300);
        assertThat(waiting).isNotDone();
        slice("shop-b", "shop-2");
        waiting.get();
    }

    @Test
    @Timeout(20)
    @DisplayName("are not waited for beyond a limit")
    void ends() {
        await(Duration.ofMillis(200));
    }

    @Test
    @DisplayName("may have slices without pods, which an API server gives as null")
    void none() {
        String slice = "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"endpoints\":null}";
        assertThat(ServedPods.ready(Serialization.unmarshal(slice, EndpointSlice.class)))
                .isEmpty();
    }

    private void await(Duration limit) {
        new ServedPods(client, () -> PODS, limit).await(List.of(SHOP));
    }

    private void slice(String name, String pod) {
        client.resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("team")
                        .withLabels(Map.of("kubernetes.io/service-name", "shop"))
                        .endMetadata()
                        .addNewEndpoint()
                        .withNewConditions()
                        .withReady(true)
                        .endConditions()
                        .withNewTargetRef()
                        .withName(pod)
                        .endTargetRef()
                        .endEndpoint()
                        .build())
                .create();
    }

    private static Pod pod(String name, String app) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("team")
                .withLabels(Map.of("app", app))
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }
}
