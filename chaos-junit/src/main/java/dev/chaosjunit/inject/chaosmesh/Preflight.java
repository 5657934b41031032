// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether the cluster has Chaos Mesh and lets us use it, asked before anything is made, and once a kind. */
final class Preflight {
    private static final List<String> VERBS = List.of("create", "get", "delete");

    private final KubernetesClient client;
    private final String namespace;
    private final Set<ChaosKind> passed = EnumSet.noneOf(ChaosKind.class);

    Preflight(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    synchronized void check(ChaosKind kind) {
        if (passed.contains(kind)) {
            return;
        }
        try {
            requireInstalled(kind);
        } catch (KubernetesClientException e) {
            throw new InjectionException(
                    Cause.FAILURE, "The cluster does not say whether it has Chaos Mesh: " + e.getMessage(), e);
        }
        VERBS.forEach(verb -> requireAllowed(verb, kind));
        passed.add(kind);
    }

    private void requireInstalled(ChaosKind kind) {
        APIResourceList found = client.getApiResources(ChaosKind.GROUP + "/" + ChaosKind.VERSION);
        if (found == null
                || found.getResources().stream().map(APIResource::getName).noneMatch(kind.plural()::equals)) {
            throw new InjectionException(Cause.MACHINE, ApiFailures.missing(kind));
        }
    }

    private void requireAllowed(String verb, ChaosKind kind) {
        SubjectAccessReviewStatus answer = ask(verb, kind).getStatus();
        if (answer != null && Boolean.FALSE.equals(answer.getAllowed())) {
            String why = answer.getReason() == null ? "its access review says no" : answer.getReason();
            String what = verb + " " + kind.resource() + " in namespace " + namespace;
            throw new InjectionException(Cause.MACHINE, ApiFailures.forbidden(what, why));
        }
    }

    /** A cluster that does not answer such questions answers the real request. */
    private SelfSubjectAccessReview ask(String verb, ChaosKind kind) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(ChaosKind.GROUP)
                .withResource(kind.plural())
                .withNamespace(namespace)
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        try {
            return client.authorization().v1().selfSubjectAccessReview().create(question);
        } catch (KubernetesClientException e) {
            return question;
        }
    }
}
