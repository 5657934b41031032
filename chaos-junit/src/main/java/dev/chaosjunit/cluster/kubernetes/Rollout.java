// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.quantity.Durations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Waits until everything that was applied is ready; the first pod that is past hope fails it at once. */
final class Rollout {
    /** A ServiceAccount that comes at the same time as its pods is there when the controller tries again. */
    private static final Duration HOPELESS_AFTER = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Kubernetes kubernetes;
    private final KubernetesClient client;
    private final PodWatch pods;
    private long refusedSince; // that no pod can be made, or else now
    private List<HasMetadata> unready;

    Rollout(Kubernetes kubernetes, PodWatch pods, List<HasMetadata> applied) {
        this.kubernetes = kubernetes;
        this.client = kubernetes.client();
        this.pods = pods;
        this.unready = applied.stream()
                .filter(Readiness.getInstance()::isReadinessApplicable)
                .toList();
    }

    void await(Duration limit) {
        refusedSince = System.nanoTime();
        List<HasMetadata> left =
                Poll.every(LOOK).within(limit).until("pods became ready", List::isEmpty, this::unready);
        if (!left.isEmpty()) {
            throw new ClusterException("not ready within " + Durations.format(limit) + ": " + names(left)
                    + describe(pods.pods().stream()
                            .filter(pod -> !Readiness.getInstance().isReady(pod))
                            .toList()));
        }
    }

    /** What was unready when it was asked last, and is so still, as it is now; in the end pods alone. */
    private List<HasMetadata> unready() {
        unready = unready(unready);
        List<HasMetadata> left = unready.isEmpty() ? unreadyPods() : unready;
        if (!left.isEmpty()) {
            failIfHopeless(left);
        }
        return left;
    }

    /** What owns pods says that all are ready for a moment after one has ended, and the watch is behind both. */
    private List<HasMetadata> unreadyPods() {
        return pods.pods().stream()
                .filter(PodWatch::isToBeReady)
                .filter(pod -> !Readiness.isPodReady(pod))
                .map(HasMetadata.class::cast)
                .toList();
    }

    private List<HasMetadata> unready(List<HasMetadata> objects) {
        List<HasMetadata> unready = new ArrayList<>();
        for (HasMetadata object : objects) {
            HasMetadata now = client.resource(object).get();
            if (now == null || !Readiness.getInstance().isReady(now)) {
                unready.add(now == null ? object : now);
            }
        }
        return unready;
    }

    private void failIfHopeless(List<HasMetadata> unready) {
        List<Pod> hopeless =
                pods.pods().stream().filter(PodDiagnosis::isHopeless).toList();
        if (!hopeless.isEmpty()) {
            throw new ClusterException("not ready: " + names(unready) + describe(hopeless));
        }
        Optional<String> refused = unready.stream()
                .filter(Deployment.class::isInstance)
                .flatMap(object -> ((Deployment) object).getStatus().getConditions().stream())
                .filter(condition -> "ReplicaFailure".equals(condition.getType()))
                .map(DeploymentCondition::getMessage)
                .filter(Objects::nonNull)
                .findFirst();
        long now = System.nanoTime();
        if (refused.isEmpty()) {
            refusedSince = now;
        } else if (now - refusedSince > HOPELESS_AFTER.toNanos()) {
            throw new ClusterException("not ready: " + names(unready) + ": no pod can be made: " + refused.get());
        }
    }

    private String describe(List<Pod> unready) {
        PodDiagnosis diagnosis = new PodDiagnosis(client);
        String images = unready.stream().anyMatch(PodDiagnosis::lacksImage) ? "\n" + kubernetes.images() : "";
        return unready.stream().map(pod -> "\n" + diagnosis.describe(pod)).collect(Collectors.joining("", "", images));
    }

    private static String names(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> Workload.title(
                        object.getKind(),
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName()))
                .collect(Collectors.joining(", "));
    }
}
