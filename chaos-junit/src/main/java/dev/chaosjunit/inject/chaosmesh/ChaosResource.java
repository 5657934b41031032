// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.inject.InjectionException;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One resource in the cluster. Every method throws {@link InjectionException} where Kubernetes refuses. */
final class ChaosResource {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int SHOWN_EVENTS = 5;

    private final KubernetesClient client;
    private final ChaosKind kind;
    private final GenericKubernetesResource wanted;

    ChaosResource(KubernetesClient client, ChaosKind kind, GenericKubernetesResource wanted) {
        this.client = client;
        this.kind = kind;
        this.wanted = wanted;
    }

    void create() {
        var unused = request("create", resource()::create);
    }

    /** Returns at once; Chaos Mesh keeps the resource until it has lifted the fault. */
    void delete() {
        var unused = request("delete", resource()::delete);
    }

    /** Empty where there is no such resource, or none any more. */
    Optional<ChaosStatus> status() {
        return Optional.ofNullable(request("get", resource()::get))
                .map(found ->
                        new ChaosStatus(client.getKubernetesSerialization().convertValue(found, JsonNode.class)));
    }

    /** Wait until its status is as wanted; false where it is not within the limit. */
    boolean await(Predicate<Optional<ChaosStatus>> state, Duration limit) throws InterruptedException {
        return state.test(Poll.every(LOOK).within(limit).until(state, this::status));
    }

    /** All that Chaos Mesh says about it, for a failure's message. */
    String diagnose() {
        return status().map(ChaosStatus::describe).orElse("the resource is gone") + "; " + events();
    }

    private String events() {
        try {
            List<String> told =
                    client.v1().events().inNamespace(wanted.getMetadata().getNamespace()).list().getItems().stream()
                            .filter(this::isAboutThis)
                            .map(ChaosResource::describe)
                            .toList();
            List<String> last = told.subList(Math.max(0, told.size() - SHOWN_EVENTS), told.size());
            return last.isEmpty() ? "no events" : "events: " + String.join("; ", last);
        } catch (KubernetesClientException e) {
            return "its events cannot be read: " + e.getMessage();
        }
    }

    private boolean isAboutThis(Event event) {
        return wanted.getMetadata().getName().equals(event.getInvolvedObject().getName());
    }

    private static String describe(Event event) {
        return event.getReason() + ": " + event.getMessage();
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(kind.context())
                .inNamespace(wanted.getMetadata().getNamespace())
                .resource(wanted);
    }

    private <T> T request(String verb, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw ApiFailures.translate(verb, kind, wanted.getMetadata().getNamespace(), e);
        }
    }

    @Override
    public String toString() {
        return kind.kind() + " " + wanted.getMetadata().getNamespace() + "/"
                + wanted.getMetadata().getName();
    }
}
