// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Grace;
import dev.chaosjunit.cluster.Poll;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes pods of a run that have ended, or do not become ready, for what owns them to make new ones; no others, ever.
 *
 * @param ended the uids of those that have
 */
record FreshPods(Kubernetes kubernetes, PodWatch pods, Applied applied, String run, Set<String> ended) {
    private static final Duration LOOK = Duration.ofMillis(50);

    /**
     * Delete them, and wait until all is ready.
     *
     * @param objects of the manifests, as they were applied
     * @return the names of those that were deleted
     */
    List<String> in(List<HasMetadata> objects, Duration readyWithin) {
        List<Pod> unready = Grace.left(this::unready);
        List<Pod> stuck = pods.pods().stream()
                .filter(pod -> isStuck(pod) && (isAmong(ended, pod) || isAmong(uids(unready), pod)))
                .filter(pod -> Marks.areOn(pod, run))
                .toList();
        if (unready.isEmpty() && stuck.isEmpty()) {
            return List.of();
        }
        long start = System.nanoTime();
        Set<String> before = uids(pods.pods());
        stuck.forEach(pod -> applied.deletePod(pod, Duration.ZERO));
        awaitGone(stuck, readyWithin);
        objects.stream()
                .filter(object -> stuck.stream().anyMatch(pod -> isItself(pod, object)))
                .forEach(applied::again);
        awaitMade(owners(stuck.stream()), before, readyWithin);
        new Rollout(kubernetes, pods, objects).await(readyWithin.minusNanos(System.nanoTime() - start));
        return stuck.stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    /** A Job's pod is its own matter, and one that has succeeded is done; one that is going is waited for. */
    private List<Pod> unready() {
        return pods.pods().stream()
                .filter(pod -> !PodWatch.isOfJob(pod))
                .filter(pod -> !"Succeeded".equals(pod.getStatus().getPhase()))
                .filter(pod -> !isAmong(ended, pod) && !Readiness.isPodReady(pod))
                .toList();
    }

    /** One that is being made only takes its time. */
    private static boolean isStuck(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && ("Failed".equals(pod.getStatus().getPhase())
                        || pod.getStatus().getContainerStatuses().stream().anyMatch(FreshPods::hasRun));
    }

    private static boolean hasRun(ContainerStatus status) {
        return Stream.of(status.getState(), status.getLastState())
                .flatMap(Stream::ofNullable)
                .anyMatch(state -> state.getRunning() != null || state.getTerminated() != null);
    }

    private static boolean isItself(Pod pod, HasMetadata object) {
        return object instanceof Pod
                && object.getMetadata().getName().equals(pod.getMetadata().getName())
                && object.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace());
    }

    private static Set<String> uids(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }

    private static boolean isAmong(Set<String> uids, Pod pod) {
        return uids.contains(pod.getMetadata().getUid());
    }

    /** What owns a pod may say that all are ready as long as it has not noticed. */
    private void awaitMade(List<String> owners, Set<String> before, Duration within) {
        boolean unused = Poll.every(LOOK)
                .within(within)
                .until(
                        "pods were made anew",
                        made -> made,
                        () -> hasEach(owners(pods.pods().stream().filter(pod -> !isAmong(before, pod))), owners));
    }

    /** The uids of what owns pods and makes them anew, once for each pod. */
    private static List<String> owners(Stream<Pod> pods) {
        return pods.filter(pod -> !PodWatch.isOfJob(pod))
                .flatMap(pod -> pod.getMetadata().getOwnerReferences().stream().limit(1))
                .map(OwnerReference::getUid)
                .toList();
    }

    private static boolean hasEach(List<String> owners, List<String> wanted) {
        return wanted.stream()
                .allMatch(owner -> Collections.frequency(owners, owner) >= Collections.frequency(wanted, owner));
    }

    private void awaitGone(List<Pod> deleted, Duration within) {
        Set<String> uids = uids(deleted);
        boolean gone = Poll.every(LOOK)
                .within(within)
                .until(
                        "pods were started anew",
                        none -> none,
                        () -> pods.pods().stream().noneMatch(pod -> isAmong(uids, pod)));
        if (!gone) {
            throw new ClusterException("still there after being deleted: "
                    + deleted.stream()
                            .map(pod -> "pod/" + pod.getMetadata().getName())
                            .toList());
        }
    }
}
