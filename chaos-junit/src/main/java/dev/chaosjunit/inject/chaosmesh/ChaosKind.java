// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.DnsChaos;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds of Chaos Mesh that are used here. */
enum ChaosKind {
    NETWORK("NetworkChaos", "networkchaos", "delay", "@NetworkDelay"),
    DNS("DNSChaos", "dnschaos", "dns", "@DnsChaos");

    static final String GROUP = "chaos-mesh.org";
    static final String VERSION = "v1alpha1";

    private final String kind;
    private final String plural;
    private final String stem;
    private final String annotation;

    ChaosKind(String kind, String plural, String stem, String annotation) {
        this.kind = kind;
        this.plural = plural;
        this.stem = stem;
        this.annotation = annotation;
    }

    static ChaosKind of(Fault fault) {
        if (fault instanceof NetworkDelay) {
            return NETWORK;
        }
        if (fault instanceof DnsChaos) {
            return DNS;
        }
        throw new InjectionException(
                Cause.TEST, fault.describe() + ": Chaos Mesh has nothing of the kind. chaos.engine=helper can.");
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

    /** What names of its resources begin with. */
    String stem() {
        return stem;
    }

    /** What a test asks for it by: {@code @NetworkDelay}. */
    String annotation() {
        return annotation;
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
