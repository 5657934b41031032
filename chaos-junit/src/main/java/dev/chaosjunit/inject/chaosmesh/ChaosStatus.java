// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What Chaos Mesh says of a resource: its {@code status}, some fields or all of which may be missing yet.
 *
 * @param resource the whole resource
 */
record ChaosStatus(JsonNode resource) {
    /** The pods that the fault is done to; {@code .Target} are those they exchange packets with. */
    private static final String SELECTED = ".";

    boolean allInjected() {
        return is("AllInjected");
    }

    boolean allRecovered() {
        return is("AllRecovered");
    }

    /** One a pod that was selected. */
    List<PodRecord> pods() {
        return records().stream()
                .filter(record -> record.selectorKey().equals(SELECTED))
                .toList();
    }

    /** {@code Selected=True, AllInjected=False; record shop/a-0 (Not Injected): no daemon on node n1}. */
    String describe() {
        String conditions = stream(status().path("conditions"))
                .map(condition -> condition.path("type").asText() + "="
                        + condition.path("status").asText() + reason(condition.path("reason")))
                .collect(Collectors.joining(", "));
        String records = records().stream().map(PodRecord::describe).collect(Collectors.joining("; "));
        return (conditions.isEmpty() ? "no conditions, as if no controller of Chaos Mesh ran" : conditions) + "; "
                + (records.isEmpty() ? "no pod is recorded" : records);
    }

    private boolean is(String type) {
        return stream(status().path("conditions"))
                .anyMatch(condition -> condition.path("type").asText().equals(type)
                        && condition.path("status").asText().equals("True"));
    }

    private List<PodRecord> records() {
        return stream(status().path("experiment").path("containerRecords"))
                .map(PodRecord::of)
                .toList();
    }

    private JsonNode status() {
        return resource.path("status");
    }

    private static String reason(JsonNode reason) {
        return reason.asText().isEmpty() ? "" : " (" + reason.asText() + ")";
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
