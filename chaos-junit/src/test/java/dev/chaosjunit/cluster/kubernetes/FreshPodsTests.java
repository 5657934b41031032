// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@EnableKubernetesMockClient(crud = true, https = false)
@DisplayName("Pods that are started anew")
@SuppressWarnings("NullAway.Init") // the mock server is set by its extension
class FreshPodsTests {
    private static final String RUN = "shop-test";

    private KubernetesClient client;

    @Test
    @Timeout(30)
    @DisplayName(
            "are waited for until others are there and ready, though their Deployment says all the time that all are")
    void waits() throws Exception {
        Deployment deployment = client.resource(deployment()).create();
        client.resource(pod("shop-1", false)).create();
        Kubernetes kubernetes = new RelayedKubernetes(client);
        try (PodWatch pods = new PodWatch(client, List.of("team"), RUN, seen -> {})) {
            Applied applied = new Applied(kubernetes, RUN, pods);
            FreshPods fresh = new FreshPods(kubernetes, pods, applied, RUN, Set.of("uid of shop-1"));
            CompletableFuture<List<String>> waiting =
                    CompletableFuture.supplyAsync(() -> fresh.in(List.of(deployment), Duration.ofSeconds(20)));

            await().until(() -> pods.pods().isEmpty());
            Thread.sleep(300);
            assertThat(waiting).isNotDone();
            client.resource(pod("shop-2", false)).create();
            Thread.sleep(300);
            assertThat(waiting).isNotDone();
            client.resource(pod("shop-2", true)).update();
            assertThat(waiting.get()).containsExactly("shop-1");
            assertThat(pods.instances()).extracting(instance -> instance.name()).containsExactly("shop-2");
        }
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace("team")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .endSpec()
                .withNewStatus()
                .withReplicas(1)
                .withReadyReplicas(1)
                .withAvailableReplicas(1)
                .endStatus()
                .build();
    }

    private static Pod pod(String name, boolean ready) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid of " + name)
                .withNamespace("team")
                .addToLabels(Marks.RUN, RUN)
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName("shop-5d")
                .withUid("uid of shop-5d")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName("node")
                .addNewContainer()
                .withName("shop")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.1")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .addNewContainerStatus()
                .withName("shop")
                .withContainerID("containerd://c-" + name)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
