// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chaosjunit.observe.trace.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What Jaeger's page asks it. */
record Jaeger(String url) {

    /**
     * A span.
     *
     * @param chaosId its chaos.id, "" where it has none
     * @param events their names, each with its chaos.type
     */
    record Seen(String service, String name, String chaosId, List<String> events) {}

    /** Who has sent spans. */
    List<String> services() throws IOException {
        return StreamSupport.stream(
                        json(given().get(url + "/api/services").asString())
                                .get("data")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
    }

    /** All spans of a few traces in which a span of the service has a chaos.id. */
    List<Seen> spans(String service, String chaosId) throws IOException {
        String found = given().queryParam("service", service)
                .queryParam("tags", "{\"chaos.id\":\"" + chaosId + "\"}")
                .get(url + "/api/traces")
                .asString();
        List<Seen> spans = new ArrayList<>();
        for (JsonNode trace : json(found).get("data")) {
            for (JsonNode span : trace.get("spans")) {
                String from = trace.at("/processes/" + span.get("processID").asText() + "/serviceName")
                        .asText();
                spans.add(new Seen(
                        from,
                        span.get("operationName").asText(),
                        value(span.get("tags"), Span.CHAOS_ID),
                        events(span)));
            }
        }
        return spans;
    }

    private static List<String> events(JsonNode span) {
        List<String> events = new ArrayList<>();
        span.get("logs")
                .forEach(log ->
                        events.add(value(log.get("fields"), "event") + " " + value(log.get("fields"), "chaos.type")));
        return events;
    }

    private static String value(JsonNode pairs, String key) {
        return StreamSupport.stream(pairs.spliterator(), false)
                .filter(field -> field.get("key").asText().equals(key))
                .map(field -> field.get("value").asText())
                .findFirst()
                .orElse("");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
