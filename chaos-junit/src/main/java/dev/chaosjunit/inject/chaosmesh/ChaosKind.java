// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds of resources of Chaos Mesh that are used here. */
enum ChaosKind {
    NETWORK("NetworkChaos", "networkchaos"),
    DNS("DNSChaos", "dnschaos"),
    POD("PodChaos", "podchaos"),
    STRESS("StressChaos", "stresschaos");

    static final String GROUP = "chaos-mesh.org";
    static final String VERSION = "v1alpha1";

    private final String kind;
    private final String plural;

    ChaosKind(String kind, String plural) {
        this.kind = kind;
        this.plural = plural;
    }

    /** As manifests name it: {@code NetworkChaos}. */
    String kind() {
        return kind;
    }

    /** As addresses and permissions name it: {@code networkchaos}. */
    String plural() {
        return plural;
    }

    /** As messages name it: {@code networkchaos.chaos-mesh.org}. */
    String resource() {
        return plural + "." + GROUP;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
