// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What Chaos Mesh did to one pod.
 *
 * @param id {@code namespace/pod}, or {@code namespace/pod/container}
 * @param selectorKey which selector of the resource found it
 * @param phase {@code Injected} or {@code Not Injected}, and perhaps what it waits for
 * @param injected how often it was injected
 * @param messages what went wrong, latest last
 */
record PodRecord(String id, String selectorKey, String phase, long injected, List<String> messages) {

    static PodRecord of(JsonNode record) {
        return new PodRecord(
                record.path("id").asText(),
                record.path("selectorKey").asText(),
                record.path("phase").asText(),
                record.path("injectedCount").asLong(),
                ChaosStatus.stream(record.path("events"))
                        .map(event -> event.path("message").asText())
                        .filter(message -> !message.isEmpty())
                        .toList());
    }

    /** The pod's name. */
    String pod() {
        String[] parts = id.split("/", -1);
        return parts.length > 1 ? parts[1] : id;
    }

    boolean isHit() {
        return injected >= 1;
    }

    String describe() {
        return "record " + id + " (" + phase + ")" + (messages.isEmpty() ? "" : ": " + lastMessage());
    }

    private String lastMessage() {
        return messages.get(messages.size() - 1);
    }
}
