// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Names and labels the resources of one run. */
final class ChaosResources {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String RUN = "dev.chaosjunit/run";

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, String> labels;
    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger named = new AtomicInteger();

    ChaosResources(KubernetesClient client, String namespace, String run) {
        if (!run.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
            throw new IllegalArgumentException(
                    "\"" + run + "\" is no run id: it must be fit for a label's value, 1 to 63"
                            + " letters, digits, '.', '_' and '-'");
        }
        this.client = client;
        this.namespace = namespace;
        this.labels = Map.of(MANAGED_BY, "chaos-junit", RUN, run);
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
                .build());
        resource.setAdditionalProperty("spec", spec);
        return new ChaosResource(client, kind, resource);
    }
}
