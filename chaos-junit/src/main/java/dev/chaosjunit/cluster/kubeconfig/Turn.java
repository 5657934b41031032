// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A run's turn in a namespace, where test classes side by side, in one JVM or several, follow each other: their objects
 * have the same names, and their Services would find each other's pods.
 */
record Turn(KubernetesClient client, String namespace, String run) {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * Wait for those before us, and take away what a killed one left.
     *
     * @throws RuntimeUnavailableException when another run has it for too long
     */
    NamespaceLease await() {
        AtomicReference<@Nullable Lease> said = new AtomicReference<>();
        return Poll.every(LOOK)
                .within(PATIENCE)
                .until("another run had the namespace", Optional::isPresent, () -> look(said))
                .orElseThrow(() -> new RuntimeUnavailableException(describe(Objects.requireNonNull(said.get()))
                        + " for more than " + PATIENCE.toMinutes() + " minutes"));
    }

    /** Empty as long as another run, which lives, has it. */
    private Optional<NamespaceLease> look(AtomicReference<@Nullable Lease> said) {
        while (true) {
            Optional<NamespaceLease> ours = NamespaceLease.tryMake(client, namespace, run);
            if (ours.isPresent()) {
                return ours;
            }
            Lease other = NamespaceLease.in(namespace, client).get();
            if (other != null && Marks.areOn(other) && run.equals(Marks.run(other))) {
                return Optional.of(new NamespaceLease(client, other)); // an answer was lost, and the request sent again
            }
            if (other != null && !clear(other)) {
                if (said.getAndSet(other) == null) {
                    say(other);
                }
                return Optional.empty();
            }
        }
    }

    /** Sweep, without a wish to have the namespace. */
    void sweep() {
        Lease other = NamespaceLease.in(namespace, client).get();
        if (other != null && Marks.areOn(other)) {
            var unused = clear(other);
        }
    }

    private boolean clear(Lease other) {
        if (!Marks.areOn(other)) {
            throw new ClusterException("Lease/" + NamespaceLease.NAME + " in namespace " + namespace
                    + " was not made by chaos-junit, which needs that name");
        }
        if (!NamespaceLease.isExpired(other, NamespaceLease.serverTime(probe(), client))) {
            return false;
        }
        System.out.println("[kubeconfig] takes away what a killed JVM left: " + describe(other));
        try {
            removeRun(other);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_CONFLICT) {
                return false; // its holder was only slow, and lives
            }
            throw e;
        }
    }

    /** Delete the Lease, and wait for the garbage collector: a pod that is left would answer for the next run's. */
    private void removeRun(Lease killed) {
        NamespaceLease.delete(killed, client);
        List<Pod> left = Poll.every(LOOK).within(GONE_WITHIN).until("a killed run's pods went", List::isEmpty, () -> {
            List<Pod> pods = pods(Marks.run(killed));
            pods.forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
            return pods;
        });
        if (!left.isEmpty()) {
            throw new ClusterException("pods of the killed run " + Marks.run(killed) + " stay in namespace " + namespace
                    + ": "
                    + left.stream().map(pod -> pod.getMetadata().getName()).toList());
        }
    }

    private List<Pod> pods(String ofRun) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(Marks.RUN, ofRun)
                .list()
                .getItems();
    }

    private Lease probe() {
        Lease probe = NamespaceLease.wanted(namespace, run);
        probe.getMetadata().setName(NamespaceLease.NAME + "-" + run);
        return probe;
    }

    private void say(Lease other) {
        System.out.println("[kubeconfig] waits: " + describe(other));
    }

    private String describe(Lease other) {
        return "namespace " + namespace + " is used by chaos-junit's run " + Marks.run(other) + " of "
                + other.getSpec().getHolderIdentity();
    }
}
