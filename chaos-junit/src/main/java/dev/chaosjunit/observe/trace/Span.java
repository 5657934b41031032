// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A piece of one request's work, as a service told of it.
 *
 * @param trace of which request
 * @param id 8 bytes, unlike the others' of the trace, never zero
 * @param parent the span that it is a part of, 0 for the first of its trace
 * @param service {@code service.name} of its resource; "unknown_service" where it says none
 * @param instance {@code service.instance.id} of its resource, else {@code k8s.pod.name}, else {@code host.name}; else ""
 * @param name of the work, as "GET /users/{id}"
 * @param start nanoseconds since 1970, by the clock of the service's machine
 * @param duration nanoseconds, never negative
 * @param failed whether its status is Error
 * @param message of its status, "" where there is none
 * @param attributes by name; values that are no text are written as such, long ones cut
 * @param events the first few
 */
public record Span(
        TraceId trace,
        long id,
        long parent,
        String service,
        String instance,
        String name,
        SpanKind kind,
        long start,
        long duration,
        boolean failed,
        String message,
        Map<String, String> attributes,
        List<Event> events) {

    /** Where the id of what a request belongs to is found, on every span of the request. */
    public static final String CHAOS_ID = "chaos.id";

    /**
     * Something that happened at one moment of a span, as an exception.
     *
     * @param name as "exception"
     * @param attributes as a span's
     */
    public record Event(String name, Map<String, String> attributes) {
        /** Keeps what it is given, which must not change. */
        public Event {
            attributes = Map.copyOf(attributes);
        }
    }

    /** Keeps what it is given. */
    public Span {
        attributes = Map.copyOf(attributes);
        events = List.copyOf(events);
        if (id == 0 || duration < 0) {
            throw new IllegalArgumentException("a span has an id, and ends no sooner than it starts: " + name);
        }
    }

    /** The first of its trace: no other span is said to have begun it. */
    public boolean isRoot() {
        return parent == 0;
    }

    /** When it ended, in nanoseconds since 1970. */
    public long end() {
        return start + duration;
    }

    /** Its id as 16 hex digits. */
    public String hexId() {
        return HexFormat.of().toHexDigits(id);
    }

    /** The value of an attribute, "" where it has none. */
    public String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }
}
