// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;

/** Objects that were there before: they are neither written over nor deleted. */
record Strangers(KubernetesClient client, String run) {
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
        return new ClusterException(
                object.getKind() + "/" + object.getMetadata().getName() + " in namespace "
                        + object.getMetadata().getNamespace() + " " + why
                        + ". Delete or rename it, or run in a namespace of its own (chaos.namespaces)");
    }
}
