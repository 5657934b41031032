// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which nodes do not take a pod by their cordon or a taint, and what to do. The scheduler counts them, and names none. */
final class Placement {
    /** Taints of Kubernetes itself, which go with what they are for. */
    private static final String OWN = "node.kubernetes.io/";

    private Placement() {}

    /** A line each. */
    static List<String> refusals(Pod pod, List<Node> nodes) {
        return nodes.stream().flatMap(node -> refusals(pod, node)).toList();
    }

    private static Stream<String> refusals(Pod pod, Node node) {
        String name = node.getMetadata().getName();
        Stream<String> cordon = Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                ? Stream.of("node " + name + " is cordoned: kubectl uncordon " + name)
                : Stream.empty();
        Stream<String> taints = node.getSpec().getTaints().stream()
                .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
                .filter(taint -> !taint.getKey().equals(OWN + "unschedulable")) // the cordon
                .filter(taint -> pod.getSpec().getTolerations().stream().noneMatch(some -> isTolerated(taint, some)))
                .map(taint -> "node " + name + " has the taint " + text(taint) + ": " + remedy(name, taint));
        return Stream.concat(cordon, taints);
    }

    private static String remedy(String node, Taint taint) {
        return taint.getKey().startsWith(OWN)
                ? "kubectl describe node " + node + " says why"
                : "have the pod's template tolerate it, or kubectl taint node " + node + " " + taint.getKey() + "-";
    }

    private static String text(Taint taint) {
        String value = taint.getValue() == null || taint.getValue().isEmpty() ? "" : "=" + taint.getValue();
        return taint.getKey() + value + ":" + taint.getEffect();
    }

    private static boolean isTolerated(Taint taint, Toleration toleration) {
        boolean effect =
                isEmpty(toleration.getEffect()) || toleration.getEffect().equals(taint.getEffect());
        if ("Exists".equals(toleration.getOperator())) {
            return effect
                    && (isEmpty(toleration.getKey()) || toleration.getKey().equals(taint.getKey()));
        }
        return effect
                && taint.getKey().equals(toleration.getKey())
                && text(toleration.getValue()).equals(text(taint.getValue()));
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
