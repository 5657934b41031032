// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.List;
import java.util.Map;

/** Spans by hand: times in milliseconds. */
public final class Spans {
    /** Nanoseconds of a millisecond. */
    public static final long MS = 1_000_000;

    private Spans() {}

    /** The trace of a number. */
    public static TraceId trace(long number) {
        return new TraceId(7, number);
    }

    /** A span of a service's first pod. */
    public static Span span(long trace, long id, long parent, String service, SpanKind kind, long from, long to) {
        return new Span(
                trace(trace),
                id,
                parent,
                service,
                service + "-0",
                "GET /",
                kind,
                from * MS,
                (to - from) * MS,
                false,
                "",
                Map.of(),
                List.of());
    }

    /** The same, with status Error. */
    public static Span failed(Span of) {
        return with(of, true, of.attributes());
    }

    /** The same, with this attribute alone. */
    public static Span with(Span of, String attribute, String value) {
        return with(of, of.failed(), Map.of(attribute, value));
    }

    private static Span with(Span of, boolean failed, Map<String, String> attributes) {
        return new Span(
                of.trace(),
                of.id(),
                of.parent(),
                of.service(),
                of.instance(),
                of.name(),
                of.kind(),
                of.start(),
                of.duration(),
                failed,
                of.message(),
                attributes,
                of.events());
    }
}
