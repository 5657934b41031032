// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Names and labels the resources of one run. */
final class ChaosResources {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private final KubernetesClient client;
    private final List<OwnerReference> owners;
    private final String namespace;
    private final Map<String, String> labels;
    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger named = new AtomicInteger();

    ChaosResources(KubernetesClient client, RunPods pods, Optional<OwnerReference> owner) {
        this.client = client;
        this.owners = owner.stream().toList();
        this.namespace = pods.namespace();
        this.labels = Map.of(MANAGED_BY, "chaos-junit", RunPods.LABEL, pods.run());
    }

    /** A resource that is not made yet, under a name with a stem that none had before. */
    ChaosResource plan(ChaosKind kind, String stem, Map<String, Object> spec) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion(ChaosKind.GROUP + "/" + ChaosKind.VERSION);
        resource.setKind(kind.kind());
        resource.setMetadata(new ObjectMetaBuilder()
                .withName("chaos-junit-" + stem + "-" + unique + "-" + named.incrementAndGet())
                .withNamespace(namespace)
                .withLabels(labels)
                .withOwnerReferences(owners)
                .build());
        resource.setAdditionalProperty("spec", spec);
        return new ChaosResource(client, kind, resource);
    }
}
