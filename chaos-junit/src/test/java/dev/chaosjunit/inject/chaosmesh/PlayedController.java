// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Instance;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does to resources what Chaos Mesh's controller does, but nothing to any pod; on any API server. */
final class PlayedController implements AutoCloseable {
    private static final String FINALIZER = "chaos-mesh/records";

    private final KubernetesClient client;
    private final String namespace;
    private final List<Instance> pods;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    PlayedController(KubernetesClient client, String namespace, List<Instance> pods) {
        this.client = client;
        this.namespace = namespace;
        this.pods = pods;
        var unused = timer.scheduleWithFixedDelay(this::reconcile, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void reconcile() {
        for (ChaosKind kind : ChaosKind.values()) {
            try {
                operation(kind).inNamespace(namespace).list().getItems().forEach(found -> reconcile(kind, found));
            } catch (KubernetesClientException e) {
                // the next round tries again, as a controller does
            }
        }
    }

    private void reconcile(ChaosKind kind, GenericKubernetesResource found) {
        Resource<GenericKubernetesResource> resource = operation(kind)
                .inNamespace(namespace)
                .withName(found.getMetadata().getName());
        if (found.getMetadata().getDeletionTimestamp() != null) {
            var unused = resource.edit(one -> finalizers(one, List.of()));
        } else if (found.getAdditionalProperties().get("status") == null) {
            var unused = resource.edit(one -> finalizers(injected(kind, one), List.of(FINALIZER)));
        }
    }

    private GenericKubernetesResource injected(ChaosKind kind, GenericKubernetesResource resource) {
        String container = kind == ChaosKind.DNS ? "/main" : "";
        List<Map<String, Object>> records = pods.stream()
                .filter(pod -> Selected.by(resource, namespace, pod))
                .limit("one".equals(resource.get("spec", "mode")) ? 1 : pods.size())
                .<Map<String, Object>>map(pod -> Map.of(
                        "id",
                        namespace + "/" + pod.name() + container,
                        "selectorKey",
                        ".",
                        "phase",
                        "Injected",
                        "injectedCount",
                        1,
                        "recoveredCount",
                        0))
                .toList();
        resource.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(
                                Map.of("type", "Selected", "status", "True"),
                                Map.of("type", "AllInjected", "status", "True"),
                                Map.of("type", "AllRecovered", "status", "False")),
                        "experiment",
                        Map.of("desiredPhase", "Run", "containerRecords", records)));
        return resource;
    }

    private static GenericKubernetesResource finalizers(GenericKubernetesResource resource, List<String> finalizers) {
        resource.getMetadata().setFinalizers(finalizers);
        return resource;
    }

    private MixedOperation<
                    GenericKubernetesResource,
                    ? extends KubernetesResourceList<GenericKubernetesResource>,
                    Resource<GenericKubernetesResource>>
            operation(ChaosKind kind) {
        return client.genericKubernetesResources(kind.context());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
