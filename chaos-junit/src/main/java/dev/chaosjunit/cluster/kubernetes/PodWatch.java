// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Instance;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The pods of one run, as the API server tells of them; asking costs no request. */
final class PodWatch implements AutoCloseable {
    private final List<SharedIndexInformer<Pod>> informers;

    /**
     * Watch the pods of a run.
     *
     * @param seen told of each pod that is new or has changed, on the client's thread
     */
    PodWatch(KubernetesClient client, Collection<String> namespaces, String run, Consumer<Pod> seen) {
        informers = namespaces.stream()
                .map(namespace -> client.pods()
                        .inNamespace(namespace)
                        .withLabel(Marks.RUN, run)
                        .inform(new Handler(seen)))
                .toList();
    }

    /** All pods, in whatever state, by name. */
    List<Pod> pods() {
        return stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /** A Job's pod is its own matter, and so is one that is done or being deleted. */
    static boolean isToBeReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && !"Succeeded".equals(pod.getStatus().getPhase())
                && !"Failed".equals(pod.getStatus().getPhase())
                && !isOfJob(pod);
    }

    /** Whether one of Kubernetes' own Jobs owns it; kinds of others may have that name, and are like any other then. */
    static boolean isOfJob(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner ->
                        owner.getKind().equals("Job") && owner.getApiVersion().startsWith("batch/"));
    }

    /** The pods that run. */
    List<Instance> instances() {
        return pods().stream().flatMap(pod -> PodInstance.of(pod).stream()).toList();
    }

    private Stream<Pod> stream() {
        return informers.stream().flatMap(informer -> informer.getStore().list().stream());
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }

    private record Handler(Consumer<Pod> seen) implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            seen.accept(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            seen.accept(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean deletedFinalStateUnknown) {
            // what it printed is kept; whoever asks for pods no longer finds it
        }
    }
}
