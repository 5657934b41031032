// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static dev.chaosjunit.observe.trace.Spans.MS;
import static dev.chaosjunit.observe.trace.Spans.span;
import static dev.chaosjunit.observe.trace.Spans.trace;
import static dev.chaosjunit.observe.trace.Spans.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The id of a request")
class ChaosCarriedTests {
    private static final String ID = "test/fault";

    private final List<Span> spans = new ArrayList<>();

    @Test
    @DisplayName("is everywhere when each span of each request carries it")
    void everywhere() {
        for (long request = 1; request <= 3; request++) {
            request(request, true, true, true);
        }

        ChaosCarried carried = look(3);

        assertThat(carried.everywhere()).isTrue();
        assertThat(carried.sentences()).isEmpty();
        assertThat(carried.whole()).isEqualTo(3);
    }

    @Test
    @DisplayName("is lost by the service that has it and calls one that has it not, and by none below")
    void lost() {
        request(1, true, true, true);
        request(2, true, false, false);
        request(3, true, false, false);

        ChaosCarried carried = look(3);

        assertThat(carried.sentences()).containsExactly("gateway does not pass it on to orders: 2 of 3 requests");
        assertThat(carried.everywhere()).isFalse();
    }

    @Test
    @DisplayName("is not taken in, or not put on all spans of a service")
    void entry() {
        request(1, false, false, false);
        spans.add(id(span(2, 1, 99, "gateway", SpanKind.SERVER, 0, 10)));
        spans.add(span(2, 2, 1, "gateway", SpanKind.INTERNAL, 1, 9));

        assertThat(look(2).sentences())
                .containsExactly(
                        "gateway does not take it from the request that comes in: 1 of 2 requests",
                        "gateway does not put it on all its spans: 1 of 1 requests");
    }

    @Test
    @DisplayName("is another's, which is not this one")
    void another() {
        spans.add(with(span(1, 1, 99, "gateway", SpanKind.SERVER, 0, 10), Span.CHAOS_ID, "other/fault"));

        assertThat(look(1).sentences()).hasSize(1);
    }

    @Test
    @DisplayName("cannot be judged where no span arrived, which is said")
    void silent() {
        request(1, true, true, true);

        ChaosCarried carried = look(1_000);

        assertThat(carried.silent()).isEqualTo(999);
        assertThat(carried.everywhere()).isFalse();
        assertThat(carried.sentences()).containsExactly("no span of 999 of 1,000 requests arrived");
    }

    @Test
    @DisplayName("has no way to a service that has only traces of its own in that time")
    void strays() {
        request(1, true, true, true);
        spans.add(span(500, 1, 0, "mailer", SpanKind.SERVER, 5, 6));
        spans.add(span(501, 1, 0, "mailer", SpanKind.SERVER, 200, 201));
        spans.add(span(502, 1, 0, "gateway", SpanKind.SERVER, 5, 6));

        assertThat(look(1).sentences())
                .containsExactly(
                        "mailer has 1 spans of traces of their own in this time: who calls it loses the context");
    }

    private ChaosCarried look(int requests) {
        List<TraceId> sent = LongStream.rangeClosed(1, requests)
                .mapToObj(number -> trace(number))
                .toList();
        return ChaosCarried.of(Traces.of(spans), sent, ID, 0, 100 * MS);
    }

    private void request(long number, boolean gateway, boolean orders, boolean users) {
        add(gateway, span(number, 1, 99, "gateway", SpanKind.SERVER, 0, 100));
        add(gateway, span(number, 2, 1, "gateway", SpanKind.CLIENT, 1, 99));
        add(orders, span(number, 3, 2, "orders", SpanKind.SERVER, 2, 98));
        add(orders, span(number, 4, 3, "orders", SpanKind.CLIENT, 3, 97));
        add(users, span(number, 5, 4, "users", SpanKind.SERVER, 4, 96));
    }

    private void add(boolean carries, Span span) {
        spans.add(carries ? id(span) : span);
    }

    private static Span id(Span span) {
        return with(span, Span.CHAOS_ID, ID);
    }
}
