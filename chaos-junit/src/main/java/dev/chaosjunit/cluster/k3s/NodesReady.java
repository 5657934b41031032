// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.quantity.Durations;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until all nodes take pods, and the cluster's DNS answers these. */
record NodesReady(KubernetesClient client, List<NodeContainer> containers) {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration WITHIN = Duration.ofSeconds(60);

    void await() {
        containers.forEach(this::await);
        awaitDns();
    }

    private void await(NodeContainer container) {
        Optional<Node> node = Poll.every(LOOK)
                .within(WITHIN)
                .until(
                        "node " + container.name() + " is ready",
                        seen -> isReady(seen) || container.watch().lost().isDone(),
                        () -> Optional.ofNullable(
                                client.nodes().withName(container.name()).get()));
        if (!isReady(node)) {
            throw new ClusterException(failure("the " + container.describe() + " does not take pods", container));
        }
    }

    private static boolean isReady(Optional<Node> node) {
        return node.filter(Readiness::isNodeReady).isPresent();
    }

    private void awaitDns() {
        try {
            client.pods()
                    .inNamespace("kube-system")
                    .withLabel("k8s-app", "kube-dns")
                    .waitUntilCondition(
                            pod -> pod != null && Readiness.isPodReady(pod), WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new ClusterException(failure("CoreDNS is not ready", containers.get(0)), e);
        }
    }

    private static String failure(String what, NodeContainer container) {
        return what + " within " + Durations.format(WITHIN) + "; its node printed last:\n" + container.lastLogs();
    }
}
