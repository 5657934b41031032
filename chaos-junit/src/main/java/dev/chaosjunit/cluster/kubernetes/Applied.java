// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects that we put into a cluster, in that order, and take away again. */
final class Applied implements AutoCloseable {
    private static final String MANAGER = "chaos-junit";
    private static final int REFUSED = 400;
    private static final int FORBIDDEN = 403;
    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final KubernetesClient client;
    private final CompletableFuture<String> lost;
    private final String run;
    private final PodWatch pods;
    private final List<HasMetadata> objects = new ArrayList<>();
    private final Set<String> killed = new HashSet<>();
    private boolean silent;

    Applied(Kubernetes kubernetes, String run, PodWatch pods) {
        this.client = kubernetes.client();
        this.lost = kubernetes.lost();
        this.run = run;
        this.pods = pods;
    }

    /**
     * Put an object into the cluster.
     *
     * @return as the API server has it now
     * @throws ClusterException with what the API server said against it
     */
    HasMetadata apply(HasMetadata object) {
        objects.add(object); // before it is sent: an answer that is lost leaves an object behind as well
        return send(object);
    }

    /** Put an object into the cluster once more that was deleted there. */
    void again(HasMetadata object) {
        objects.stream()
                .filter(one -> name(one).equals(name(object)) && where(one).equals(where(object)))
                .toList()
                .forEach(this::send);
    }

    private HasMetadata send(HasMetadata object) {
        try {
            return client.resource(object)
                    .fieldManager(MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() >= REFUSED) {
                objects.remove(object); // what has that name and is there is not ours
            }
            throw new ClusterException(name(object) + where(object) + " is not accepted: " + Refusals.reason(e), e);
        }
    }

    /**
     * Delete all, last things first and without any grace, and wait until nothing is left. What owns pods goes after
     * them: as long as it is going it makes no new ones. What is lost goes otherwise, and without an answer there is
     * nothing to wait for.
     */
    @Override
    public void close() {
        List<HasMetadata> left = new ArrayList<>(lost.isDone() ? List.of() : objects);
        Collections.reverse(left);
        left.forEach(this::delete);
        if (lost.isDone() || silent) {
            return;
        }
        try {
            awaitGone(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thousand pods take their time: it is too long only where nothing more goes. */
    private void awaitGone(List<HasMetadata> left) throws InterruptedException {
        for (int there = remaining(left); there > 0; ) {
            int before = there;
            there = Poll.every(LOOK).within(GONE_WITHIN).until(now -> now < before, () -> remaining(left));
            if (there >= before) {
                throw new ClusterException("still there " + GONE_WITHIN.toSeconds() + " s after being deleted: "
                        + Stream.concat(left.stream(), pods.pods().stream())
                                .map(Applied::name)
                                .toList());
            }
        }
    }

    /** How many objects and pods there are; of pods, those that were not yet told to go are. */
    private int remaining(List<HasMetadata> left) {
        List<Pod> running = pods.pods();
        Map<String, List<Pod>> untold = running.stream()
                .filter(pod -> !killed.contains(pod.getMetadata().getUid()))
                .collect(Collectors.groupingBy(pod -> pod.getMetadata().getNamespace()));
        untold.forEach(this::deletePods);
        if (running.isEmpty()) {
            left.removeIf(this::isGone);
        }
        return running.size() + left.size();
    }

    /** By one request; one by one for whoever may not do that. An API server that is too slow for it is asked again. */
    private void deletePods(String namespace, List<Pod> untold) {
        try {
            var unused = client.raw(
                    "/api/v1/namespaces/" + namespace + "/pods?gracePeriodSeconds=0&labelSelector=" + Marks.RUN + "%3D"
                            + run,
                    "DELETE",
                    null);
        } catch (KubernetesClientException e) {
            if (e.getCode() != FORBIDDEN) {
                return;
            }
            untold.forEach(this::delete);
        }
        untold.forEach(pod -> killed.add(pod.getMetadata().getUid()));
    }

    private boolean isGone(HasMetadata object) {
        try {
            return !isOurs(client.resource(object).get());
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** A run that lost its namespace must not take what the next one made there by the same name. */
    private boolean isOurs(@Nullable HasMetadata there) {
        return there != null && Marks.areOn(there, run);
    }

    private void delete(HasMetadata object) {
        if (silent) {
            return;
        }
        try {
            if (!isOurs(client.resource(object).get())) {
                return;
            }
            client.resource(object)
                    .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                    .withGracePeriod(0)
                    .delete();
        } catch (KubernetesClientException e) {
            silent = e.getCode() == 0;
            System.getLogger(Applied.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot delete {0}: {1}", name(object), Refusals.reason(e));
        }
    }

    /** Delete a pod of this run, unless another has come in its place; whether it was there. */
    boolean deletePod(Pod pod, Duration grace) {
        try {
            Pod there = client.resource(pod).get();
            boolean ours = there != null
                    && Marks.areOn(there, run)
                    && there.getMetadata().getUid().equals(pod.getMetadata().getUid());
            return ours
                    && !client.resource(there)
                            .withGracePeriod(grace.toSeconds())
                            .delete()
                            .isEmpty();
        } catch (KubernetesClientException e) {
            throw new ClusterException("pod " + name(pod) + where(pod) + ": " + Refusals.reason(e), e);
        }
    }

    private static String name(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    private static String where(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return namespace == null ? "" : " in namespace " + namespace;
    }
}
