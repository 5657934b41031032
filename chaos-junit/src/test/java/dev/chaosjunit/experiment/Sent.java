// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static dev.chaosjunit.observe.trace.Spans.span;
import static dev.chaosjunit.observe.trace.Spans.trace;

import dev.chaosjunit.load.Sample;
import dev.chaosjunit.load.TracedRequest;
import dev.chaosjunit.observe.trace.Received;
import dev.chaosjunit.observe.trace.Span;
import dev.chaosjunit.observe.trace.SpanKind;
import dev.chaosjunit.observe.trace.Spans;
import dev.chaosjunit.observe.trace.Traces;
import dev.chaosjunit.result.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests of windows and what services told of them: a gateway that calls a service "orders". */
final class Sent {
    private static final Received NOTHING_DROPPED = received(Map.of());

    final List<Span> spans = new ArrayList<>();
    private final Map<Stage, List<TracedRequest>> requests = new EnumMap<>(Stage.class);
    private Received received = NOTHING_DROPPED;

    /** A request that nobody told of. */
    Sent silent(Stage window, long number, @Nullable String error) {
        requests.computeIfAbsent(window, stage -> new ArrayList<>())
                .add(new TracedRequest(trace(number).toString(), new Sample(0, 10 * Spans.MS, error, true)));
        return this;
    }

    /** One request whose gateway calls orders so many times, at 1 ms each. */
    Sent request(Stage window, long number, int calls) {
        silent(window, number, null);
        spans.add(span(number, 1, 99, "gateway", SpanKind.SERVER, 0, 100));
        for (int call = 0; call < calls; call++) {
            spans.add(span(number, 10 + call, 1, "gateway", SpanKind.CLIENT, call, call + 1));
            spans.add(span(number, 50 + call, 10 + call, "orders", SpanKind.SERVER, call, call + 1));
        }
        return this;
    }

    /** So many of them, the first with a number, with as many calls each. */
    Sent requests(Stage window, long first, int count, int calls) {
        for (long number = first; number < first + count; number++) {
            request(window, number, calls);
        }
        return this;
    }

    /** Spans that there was no room for. */
    Sent dropped(long count) {
        received = received(Map.of("orders", count));
        return this;
    }

    /** All spans so far carry an id. */
    Sent carrying(String id) {
        spans.replaceAll(span -> Spans.with(span, Span.CHAOS_ID, id));
        return this;
    }

    TracesSeen seen() {
        return new TracesSeen(Traces.of(spans), received, requests);
    }

    private static Received received(Map<String, Long> dropped) {
        return new Received(7, dropped, 0, 0, 0, 0, 0);
    }
}
