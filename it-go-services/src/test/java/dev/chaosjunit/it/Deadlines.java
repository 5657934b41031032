// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.observe.trace.DeadlinesLeft;
import dev.chaosjunit.observe.trace.Span;
import dev.chaosjunit.observe.trace.SpanKind;
import dev.chaosjunit.observe.trace.Traces;
import java.util.List;

/** What is left of deadlines on the way gateway → order-service → user-api → auth-service: of 300, 275 and 250 ms. */
final class Deadlines {
    private Deadlines() {}

    /** By the median, as a span may begin late. HTTP passes none on, so that its servers have none; gRPC does. */
    static void assertFall(Traces traces, List<Span> spans) {
        assertThat(typical(spans, "gateway", SpanKind.CLIENT)).isBetween(275L, 300L);
        assertThat(typical(spans, "order-service", SpanKind.SERVER))
                .isBetween(
                        typical(spans, "order-service", SpanKind.CLIENT) + 1,
                        typical(spans, "gateway", SpanKind.CLIENT));
        assertThat(typical(spans, "order-service", SpanKind.CLIENT)).isBetween(251L, 275L);
        assertThat(typical(spans, "user-api", SpanKind.CLIENT)).isBetween(200L, 250L);
        assertThat(left(spans, "user-api", SpanKind.SERVER)).isEmpty();
        assertThat(left(spans, "auth-service", SpanKind.SERVER)).isEmpty();
        assertThat(traces.deadlinesLeft())
                .extracting(DeadlinesLeft::service)
                .containsExactly("gateway", "order-service", "user-api");
    }

    private static long typical(List<Span> spans, String service, SpanKind kind) {
        List<Long> left = left(spans, service, kind);
        assertThat(left).as("%s as %s", service, kind).isNotEmpty();
        return left.get(left.size() / 2);
    }

    private static List<Long> left(List<Span> spans, String service, SpanKind kind) {
        return spans.stream()
                .filter(span -> span.service().equals(service) && span.kind() == kind)
                .flatMapToLong(span -> DeadlinesLeft.at(span).stream())
                .map(nanos -> nanos / 1_000_000)
                .sorted()
                .boxed()
                .toList();
    }
}
