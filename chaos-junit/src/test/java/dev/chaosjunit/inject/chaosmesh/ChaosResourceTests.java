// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A resource")
class ChaosResourceTests {
    private static final Map<String, Object> FAILED_RECORD = Map.of(
            "id",
            "shop/a-0",
            "selectorKey",
            ".",
            "phase",
            "Not Injected",
            "injectedCount",
            0,
            "recoveredCount",
            0,
            "events",
            List.of(Map.of("message", "waits"), Map.of("message", "no daemon on node n1")));

    private static final Map<String, Object> FAILED = Map.of(
            "conditions",
            List.of(
                    Map.of("type", "Selected", "status", "True"),
                    Map.of("type", "AllInjected", "status", "False", "reason", "stuck")),
            "experiment",
            Map.of("containerRecords", List.of(FAILED_RECORD)));

    @AutoClose
    private final MockApi api = new MockApi();

    private final ChaosResource resource = new ChaosResources(api.client(), Faults.RUN, Optional.empty())
            .plan(ChaosKind.NETWORK, "delay", Map.of("action", "delay"));

    @Test
    @DisplayName("that cannot be injected tells of conditions, records and its own events")
    void diagnose() {
        resource.create();
        var edited = api.client()
                .genericKubernetesResources(ChaosKind.NETWORK.context())
                .inNamespace("shop")
                .withName(name())
                .edit(ChaosResourceTests::failed);
        assertThat(edited).isNotNull();
        event(name(), "cannot find daemon");
        event("another", "is well");

        assertThat(resource.diagnose())
                .isEqualTo(
                        "Selected=True, AllInjected=False (stuck); record shop/a-0 (Not Injected): no daemon on node n1;"
                                + " events: Failed: cannot find daemon");
    }

    @Test
    @DisplayName("that nobody made can be deleted all the same")
    void delete() {
        resource.delete();

        assertThat(resource.status()).isEmpty();
        assertThat(resource.diagnose()).isEqualTo("the resource is gone; no events");
    }

    private String name() {
        return resource.toString().substring(resource.toString().indexOf('/') + 1);
    }

    private static GenericKubernetesResource failed(GenericKubernetesResource resource) {
        resource.setAdditionalProperty("status", FAILED);
        return resource;
    }

    private void event(String about, String message) {
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(about)
                .withNamespace("shop")
                .endMetadata()
                .withNewInvolvedObject()
                .withName(about)
                .endInvolvedObject()
                .withReason("Failed")
                .withMessage(message)
                .build();
        assertThat(api.client()
                        .v1()
                        .events()
                        .inNamespace("shop")
                        .resource(event)
                        .create())
                .isNotNull();
    }
}
