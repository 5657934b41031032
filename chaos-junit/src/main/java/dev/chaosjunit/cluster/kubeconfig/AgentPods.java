// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The pods of agents and relays, by one watch a namespace, and why there are none of them, by one question a second: asking
 * this costs the API server the same for a hundred nodes as for one.
 */
final class AgentPods implements AutoCloseable {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final Map<String, SharedIndexInformer<Pod>> watches = new ConcurrentHashMap<>();
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();

    private record Refused(long atNanos, List<Event> events) {}

    AgentPods(KubernetesClient client) {
        this.client = client;
    }

    /** That of a Job, unless there is none yet. */
    Optional<Pod> of(Job job) {
        return watches.computeIfAbsent(job.getMetadata().getNamespace(), this::watch).getStore().list().stream()
                .filter(pod -> job.getMetadata()
                        .getName()
                        .equals(pod.getMetadata().getLabels().get(AgentJob.LABEL)))
                .findFirst();
    }

    private SharedIndexInformer<Pod> watch(String namespace) {
        return client.pods().inNamespace(namespace).withLabel(AgentJob.LABEL).inform(new Handler());
    }

    /** Why a Job's pod is not let in, as far as an event tells: the Job itself is. */
    Optional<String> refusal(Job job) {
        return refused.compute(job.getMetadata().getNamespace(), this::lately).events().stream()
                .filter(event -> job.getMetadata()
                        .getUid()
                        .equals(event.getInvolvedObject().getUid()))
                .map(Event::getMessage)
                .findFirst();
    }

    private Refused lately(String namespace, @Nullable Refused known) {
        long now = System.nanoTime();
        return known != null && now - known.atNanos() < BETWEEN_QUESTIONS.toNanos()
                ? known
                : new Refused(
                        now,
                        client.v1()
                                .events()
                                .inNamespace(namespace)
                                .withField("reason", "FailedCreate")
                                .list()
                                .getItems());
    }

    @Override
    public void close() {
        watches.values().forEach(SharedIndexInformer::stop);
        watches.clear();
    }

    /** They are asked for, and tell nobody. */
    private static final class Handler implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {}

        @Override
        public void onUpdate(Pod before, Pod pod) {}

        @Override
        public void onDelete(Pod pod, boolean deletedFinalStateUnknown) {}
    }
}
