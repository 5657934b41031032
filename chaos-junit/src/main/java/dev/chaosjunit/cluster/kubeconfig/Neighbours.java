// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.kubernetes.Marks;
import dev.chaosjunit.cluster.kubernetes.PodTemplates;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What others have in the namespaces of a run: it is neither written over nor deleted, their Services must not find our
 * pods, nor our policies theirs.
 */
record Neighbours(KubernetesClient client, String run) {
    /** The garbage collector takes what a killed run left; see {@link Turn}. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration COLLECTED_WITHIN = Duration.ofSeconds(20);

    /**
     * Refuse to touch an object that somebody else made.
     *
     * @throws ClusterException with its name
     */
    void admit(HasMetadata object) {
        Optional<HasMetadata> there = Poll.every(LOOK)
                .within(COLLECTED_WITHIN)
                .until(
                        "a killed run's objects went",
                        seen -> seen.filter(this::isOfAnotherRun).isEmpty(),
                        () -> Optional.ofNullable(client.resource(object).get()));
        there.filter(this::isOfAnotherRun).ifPresent(left -> {
            throw refusal(
                    object,
                    "is there, left by chaos-junit's run " + Marks.run(left)
                            + ", and the cluster's garbage collector does not take it");
        });
        if (there.filter(seen -> !Marks.areOn(seen)).isPresent()) {
            throw refusal(object, "is there already and was not made by chaos-junit, which leaves it alone");
        }
    }

    private boolean isOfAnotherRun(HasMetadata there) {
        return Marks.areOn(there) && !run.equals(Marks.run(there));
    }

    private static ClusterException refusal(HasMetadata object, String why) {
        return new ClusterException(name(object) + " " + why
                + ". Delete or rename it, or run in a namespace of its own (chaos.namespaces)");
    }

    /**
     * Look whether Services or policies would find whom they must not.
     *
     * @param objects of the run, as they would be applied
     * @return what we were not allowed to look at
     * @throws ClusterException with the name of what would select a pod that it must not
     */
    List<String> look(List<HasMetadata> objects) {
        objects.forEach(this::refuseToRule);
        List<String> unseen = new ArrayList<>();
        Set<String> namespaces = new LinkedHashSet<>();
        objects.forEach(object -> namespaces.add(object.getMetadata().getNamespace()));
        for (String namespace : namespaces) {
            try {
                services(namespace).forEach(service -> refuseToBeCalled(service, objects));
            } catch (KubernetesClientException e) {
                if (e.getCode() != HTTP_FORBIDDEN) {
                    throw e;
                }
                unseen.add("nobody looked whether Services of others select these pods: the kubeconfig's user may not"
                        + " list services in namespace " + namespace);
            }
        }
        return unseen;
    }

    private List<Service> services(String namespace) {
        return client.services().inNamespace(namespace).list().getItems().stream()
                .filter(service -> !Marks.areOn(service))
                .filter(service -> service.getSpec().getSelector() != null)
                .toList();
    }

    private static void refuseToBeCalled(Service service, List<HasMetadata> objects) {
        Map<String, String> selector = service.getSpec().getSelector();
        objects.stream()
                .filter(object -> service.getMetadata()
                        .getNamespace()
                        .equals(object.getMetadata().getNamespace()))
                .filter(object -> PodTemplates.isSelected(object, selector))
                .findFirst()
                .ifPresent(object -> {
                    throw new ClusterException(name(service) + ", which was not made by chaos-junit, selects "
                            + selector + " and so the pods of " + name(object)
                            + ": its callers would meet the faults of this test. Give those pods another label, or run"
                            + " in a namespace of its own (chaos.namespaces)");
                });
    }

    /** A policy that selects pods of others would cut them off, or keep their node from being drained. */
    private void refuseToRule(HasMetadata object) {
        List<String> others = selector(object)
                .map(selector -> others(object.getMetadata().getNamespace(), selector))
                .orElse(List.of());
        if (!others.isEmpty()) {
            throw new ClusterException(name(object) + " would also select pods that were not made by chaos-junit: "
                    + others + ". Have it select by a label that only this test's pods have, or run in a namespace of"
                    + " its own (chaos.namespaces)");
        }
    }

    private static Optional<LabelSelector> selector(HasMetadata object) {
        if (object instanceof NetworkPolicy policy) {
            return Optional.ofNullable(policy.getSpec().getPodSelector());
        }
        return object instanceof PodDisruptionBudget budget
                ? Optional.ofNullable(budget.getSpec().getSelector())
                : Optional.empty();
    }

    private List<String> others(String namespace, LabelSelector selector) {
        return client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems().stream()
                .filter(Neighbours::isOfOthers)
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private static boolean isOfOthers(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null || !(labels.containsKey(Marks.RUN) || labels.containsKey(AgentJob.LABEL));
    }

    private static String name(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName() + " in namespace "
                + object.getMetadata().getNamespace();
    }
}
