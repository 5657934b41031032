// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodContainer;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod of the API server")
class PodInstanceTests {
    private static final String ID = "ab".repeat(32);

    @Test
    @DisplayName("that runs is an instance of its Deployment, with the labels of its manifest")
    void running() {
        assertThat(PodInstance.of(pod().build()))
                .contains(new Instance(
                        "shop-5d9c-x2x",
                        "u-1",
                        "front",
                        "shop",
                        Map.of("app", "shop", "pod-template-hash", "5d9c"),
                        "10.42.0.7",
                        new Handle.Container("node-1", ID),
                        "eth0",
                        Map.of("http", 8080, "9090", 9090)));
    }

    @Test
    @DisplayName("is none while it starts, between two of its containers, once it has ended and once it is going")
    void notRunning() {
        assertThat(PodInstance.of(new PodBuilder(pod().build())
                        .editStatus()
                        .withPhase("Pending")
                        .endStatus()
                        .build()))
                .isEmpty();
        assertThat(PodInstance.of(new PodBuilder(pod().build())
                        .editStatus()
                        .withPodIP(null)
                        .endStatus()
                        .build()))
                .isEmpty();
        assertThat(PodInstance.of(new PodBuilder(pod().build())
                        .editMetadata()
                        .withDeletionTimestamp("2027-01-01T00:00:00Z")
                        .endMetadata()
                        .build()))
                .isEmpty();
        assertThat(PodInstance.of(new PodBuilder(pod().build())
                        .editStatus()
                        .withContainerStatuses()
                        .endStatus()
                        .build()))
                .isEmpty();
        assertThat(PodInstance.of(new PodBuilder(pod().build()).withStatus(null).build()))
                .isEmpty();
    }

    @Test
    @DisplayName("has its containers in the order of the manifest, by whose first it is known, while that runs")
    void containers() {
        Pod two = new PodBuilder(pod().build())
                .editSpec()
                .addNewContainer()
                .withName("proxy")
                .endContainer()
                .endSpec()
                .editStatus()
                .addToContainerStatuses(
                        0,
                        new ContainerStatusBuilder()
                                .withName("proxy")
                                .withContainerID("containerd://proxy")
                                .withRestartCount(2)
                                .withNewState()
                                .withNewRunning()
                                .endRunning()
                                .endState()
                                .build())
                .endStatus()
                .build();
        Handle shop = new Handle.Container("node-1", ID);

        assertThat(PodInstance.of(two)).get().extracting(Instance::handle).isEqualTo(shop);
        assertThat(PodInstance.containers(two))
                .containsExactly(
                        new PodContainer("shop", Optional.of(shop), 0),
                        new PodContainer("proxy", Optional.of(new Handle.Container("node-1", "proxy")), 2));

        two.getStatus().getContainerStatuses().get(1).setState(null);
        assertThat(PodInstance.of(two)).isEmpty();
        assertThat(PodInstance.containers(two).get(0).life()).isEmpty();
    }

    @Test
    @DisplayName("without an owner is its own workload; a StatefulSet's has the set's name")
    void workload() {
        Pod alone = new PodBuilder(pod().build())
                .editMetadata()
                .withOwnerReferences()
                .endMetadata()
                .build();
        Pod ofSet = new PodBuilder(pod().build())
                .editMetadata()
                .removeFromLabels("pod-template-hash")
                .editFirstOwnerReference()
                .withName("shop-db")
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThat(PodInstance.of(alone)).get().extracting(Instance::workload).isEqualTo("shop-5d9c-x2x");
        assertThat(PodInstance.of(ofSet)).get().extracting(Instance::workload).isEqualTo("shop-db");
    }

    private static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-5d9c-x2x")
                .withUid("u-1")
                .withNamespace("front")
                .addToLabels("app", "shop")
                .addToLabels("pod-template-hash", "5d9c")
                .addToLabels(Marks.RUN, "r1")
                .addNewOwnerReference()
                .withName("shop-5d9c")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("shop")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .addNewPort()
                .withContainerPort(9090)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.42.0.7")
                .addNewContainerStatus()
                .withName("shop")
                .withContainerID("containerd://" + ID)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus();
    }
}
