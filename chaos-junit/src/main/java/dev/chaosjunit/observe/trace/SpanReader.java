// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** OTLP's spans to ours, each part within bounds. */
final class SpanReader {
    static final int LONGEST_VALUE = 1_024;

    private static final int LONGEST_NAME = 256;
    private static final int MOST_ATTRIBUTES = 64;
    private static final int MOST_EVENTS = 8;
    private static final List<String> INSTANCES = List.of("service.instance.id", "k8s.pod.name", "host.name");

    private final Repeated repeated = new Repeated();
    private final AtomicLong cut;

    /** A reader that counts what it shortens. */
    SpanReader(AtomicLong cut) {
        this.cut = cut;
    }

    /** Who tells: a service and its instance. */
    record Origin(String service, String instance) {}

    Origin origin(Resource resource) {
        Map<String, String> attributes = attributes(resource.getAttributesList());
        String instance = INSTANCES.stream()
                .map(key -> attributes.getOrDefault(key, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        return new Origin(name(attributes.getOrDefault("service.name", "unknown_service")), name(instance));
    }

    /** The span; empty where its ids are none. */
    Optional<Span> read(Origin origin, io.opentelemetry.proto.trace.v1.Span span) {
        ByteString trace = span.getTraceId();
        long id = id(span.getSpanId());
        if (trace.size() != 16 || id == 0) {
            return Optional.empty();
        }
        long high = id(trace.substring(0, 8));
        long low = id(trace.substring(8));
        if (high == 0 && low == 0) {
            return Optional.empty();
        }
        return Optional.of(new Span(
                new TraceId(high, low),
                id,
                id(span.getParentSpanId()),
                origin.service(),
                origin.instance(),
                name(span.getName()),
                SpanKind.of(span.getKindValue()),
                span.getStartTimeUnixNano(),
                Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                value(span.getStatus().getMessage()),
                attributes(span.getAttributesList()),
                events(span.getEventsList())));
    }

    /** 8 bytes; 0 for any other length. */
    private static long id(ByteString bytes) {
        return bytes.size() == 8 ? bytes.asReadOnlyByteBuffer().getLong() : 0;
    }

    private List<Span.Event> events(List<io.opentelemetry.proto.trace.v1.Span.Event> all) {
        List<Span.Event> events = new ArrayList<>();
        for (var event : most(all, MOST_EVENTS)) {
            events.add(new Span.Event(name(event.getName()), attributes(event.getAttributesList())));
        }
        return events;
    }

    private Map<String, String> attributes(List<KeyValue> all) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (KeyValue attribute : most(all, MOST_ATTRIBUTES)) {
            attributes.put(name(attribute.getKey()), value(AttributeText.of(attribute.getValue(), LONGEST_VALUE + 1)));
        }
        return attributes;
    }

    private <T> List<T> most(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        cut.addAndGet(all.size() - most);
        return all.subList(0, most);
    }

    private String name(String text) {
        return shorter(text, LONGEST_NAME);
    }

    private String value(String text) {
        return shorter(text, LONGEST_VALUE);
    }

    private String shorter(String text, int longest) {
        if (text.length() <= longest) {
            return repeated.one(text);
        }
        cut.incrementAndGet();
        return repeated.one(text.substring(0, longest));
    }
}
