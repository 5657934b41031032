// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("That a node does not take a pod")
class PlacementTests {

    @Test
    @DisplayName("is said of each by its name, with what to do")
    void refusals() {
        Taint database = taint("dedicated", "db", "NoSchedule");
        Taint cordon = taint("node.kubernetes.io/unschedulable", null, "NoSchedule");
        Taint pressure = taint("node.kubernetes.io/disk-pressure", null, "NoSchedule");
        assertThat(Placement.refusals(
                        pod(),
                        List.of(
                                node("free"),
                                node("busy", database),
                                cordoned(node("closed", cordon)),
                                node("full", pressure),
                                node("shy", taint("tired", null, "PreferNoSchedule")))))
                .containsExactly(
                        "node busy has the taint dedicated=db:NoSchedule: have the pod's template tolerate it, or"
                                + " kubectl taint node busy dedicated-",
                        "node closed is cordoned: kubectl uncordon closed",
                        "node full has the taint node.kubernetes.io/disk-pressure:NoSchedule: kubectl describe node"
                                + " full says why");
    }

    @Test
    @DisplayName("is not said for a taint that it tolerates")
    void tolerated() {
        Node node = node("busy", taint("dedicated", "db", "NoSchedule"));
        assertThat(Placement.refusals(pod(toleration(null, "Exists", null, null)), List.of(node)))
                .isEmpty();
        assertThat(Placement.refusals(pod(toleration("dedicated", "Exists", null, "NoSchedule")), List.of(node)))
                .isEmpty();
        assertThat(Placement.refusals(pod(toleration("dedicated", null, "db", null)), List.of(node)))
                .isEmpty();
        assertThat(Placement.refusals(pod(toleration("dedicated", "Equal", "web", null)), List.of(node)))
                .hasSize(1);
        assertThat(Placement.refusals(pod(toleration("dedicated", "Exists", null, "NoExecute")), List.of(node)))
                .hasSize(1);
        assertThat(Placement.refusals(pod(toleration("other", "Exists", null, null)), List.of(node)))
                .hasSize(1);
    }

    private static Toleration toleration(
            @Nullable String key, @Nullable String operator, @Nullable String value, @Nullable String effect) {
        return new Toleration(effect, key, operator, null, value);
    }

    private static Taint taint(String key, @Nullable String value, String effect) {
        return new Taint(effect, key, null, value);
    }

    private static Pod pod(Toleration... tolerations) {
        return new PodBuilder()
                .withNewSpec()
                .withTolerations(tolerations)
                .endSpec()
                .build();
    }

    private static Node node(String name, Taint... taints) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withTaints(taints)
                .endSpec()
                .build();
    }

    private static Node cordoned(Node node) {
        node.getSpec().setUnschedulable(true);
        return node;
    }
}
