// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.List;
import java.util.Map;

/** Spans by hand: times in milliseconds. */
final class Spans {
    static final long MS = 1_000_000;

    private Spans() {}

    static TraceId trace(long number) {
        return new TraceId(7, number);
    }

    static Span span(long trace, long id, long parent, String service, SpanKind kind, long from, long to) {
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

    static Span failed(Span of) {
        return with(of, true, of.attributes());
    }

    static Span with(Span of, String attribute, String value) {
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
