// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.HexFormat;

/**
 * OTLP's JSON: protobuf's, but for ids, which are hex, and for enums, which are numbers. What is not known is passed over,
 * as the specification asks.
 */
final class OtlpJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private OtlpJson() {}

    /**
     * The request that a body says.
     *
     * @throws IOException when it is no JSON object, or a field has no such value
     */
    static ExportTraceServiceRequest traces(byte[] body) throws IOException {
        JsonNode root = MAPPER.readTree(body);
        if (root == null || !root.isObject()) {
            throw new IOException("no JSON object");
        }
        try {
            ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
            root.path("resourceSpans").forEach(spans -> request.addResourceSpans(resourceSpans(spans)));
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ResourceSpans.Builder resourceSpans(JsonNode node) {
        ResourceSpans.Builder spans = ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder()
                        .addAllAttributes(
                                OtlpJsonValues.attributes(node.path("resource").path("attributes"))));
        for (JsonNode scope : node.path("scopeSpans")) {
            ScopeSpans.Builder of = spans.addScopeSpansBuilder();
            scope.path("spans").forEach(span -> of.addSpans(span(span)));
        }
        return spans;
    }

    private static Span.Builder span(JsonNode node) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(hex(node, "traceId"))
                .setSpanId(hex(node, "spanId"))
                .setParentSpanId(hex(node, "parentSpanId"))
                .setName(node.path("name").asText())
                .setKindValue((int) OtlpJsonValues.number(node.path("kind")))
                .setStartTimeUnixNano(OtlpJsonValues.number(node.path("startTimeUnixNano")))
                .setEndTimeUnixNano(OtlpJsonValues.number(node.path("endTimeUnixNano")))
                .addAllAttributes(OtlpJsonValues.attributes(node.path("attributes")))
                .setStatus(Status.newBuilder()
                        .setCodeValue(
                                (int) OtlpJsonValues.number(node.path("status").path("code")))
                        .setMessage(node.path("status").path("message").asText()));
        for (JsonNode event : node.path("events")) {
            span.addEventsBuilder()
                    .setName(event.path("name").asText())
                    .addAllAttributes(OtlpJsonValues.attributes(event.path("attributes")));
        }
        return span;
    }

    private static ByteString hex(JsonNode node, String field) {
        return ByteString.copyFrom(HexFormat.of().parseHex(node.path(field).asText()));
    }
}
