// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static dev.chaosjunit.observe.trace.Spans.failed;
import static dev.chaosjunit.observe.trace.Spans.span;
import static dev.chaosjunit.observe.trace.Spans.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calls a request")
class CallsPerRequestTests {
    @Test
    @DisplayName("are counted with those that nobody answered, by the address that others were answered at")
    void unanswered() {
        CallsPerRequest calls = only(CallsPerRequest.of(requests(40, request -> 3)));

        assertThat(calls.from()).isEqualTo("gateway");
        assertThat(calls.to()).isEqualTo("orders");
        assertThat(calls.calls()).isEqualTo(120);
        assertThat(calls.ratio()).isEqualTo(3.0);
        assertThat(calls.lower()).isEqualTo(3.0);
        assertThat(calls.surelyAbove(2.9)).isTrue();
        assertThat(calls.surelyAbove(3)).isFalse();
    }

    @Test
    @DisplayName("of few requests say nothing")
    void few() {
        CallsPerRequest calls = only(CallsPerRequest.of(requests(29, request -> 3)));

        assertThat(calls.surelyAbove(1)).isFalse();
        assertThat(calls.upper()).isInfinite();
    }

    @Test
    @DisplayName("have an interval that holds the true mean about 95 times of 100")
    void coverage() {
        Random random = new Random(1);
        int held = 0;
        for (int round = 0; round < 300; round++) {
            CallsPerRequest calls = only(CallsPerRequest.of(requests(100, request -> 1 + random.nextInt(3))));
            held += calls.lower() <= 2 && 2 <= calls.upper() ? 1 : 0;
        }

        assertThat(held).isBetween(273, 297);
    }

    @Test
    @DisplayName("are edges of the graph, with their failures and their times")
    void graph() {
        ServiceGraph graph = ServiceGraph.of(requests(10, request -> 2));

        assertThat(graph.edges())
                .containsExactly(new ServiceGraph.Edge("gateway", "orders", 20, 10, Spans.MS, 9 * Spans.MS));
    }

    @Test
    @DisplayName("are seen where the caller tells of no span of its own for them, and where nobody is known to answer")
    void withoutSpans() {
        Trace trace = new Trace(List.of(
                span(1, 1, 0, "a", SpanKind.SERVER, 0, 9),
                span(1, 2, 1, "b", SpanKind.SERVER, 1, 8),
                with(span(1, 3, 2, "b", SpanKind.CLIENT, 2, 3), "server.address", "db"),
                span(1, 4, 2, "b", SpanKind.CLIENT, 4, 5)));

        assertThat(ServiceGraph.of(List.of(trace)).edges())
                .extracting(edge -> edge.from() + ">" + edge.to())
                .containsExactly("a>b", "b>db", "b>unknown");
    }

    private static CallsPerRequest only(List<CallsPerRequest> calls) {
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    /** Of each request's calls the last is answered, in 9 ms, and the others fail after 1 ms. */
    private static List<Trace> requests(int count, IntUnaryOperator tries) {
        List<Trace> traces = new ArrayList<>();
        for (int request = 1; request <= count; request++) {
            List<Span> spans = new ArrayList<>(List.of(span(request, 1, 99, "gateway", SpanKind.SERVER, 0, 100)));
            int calls = tries.applyAsInt(request);
            for (int call = 1; call < calls; call++) {
                spans.add(failed(address(span(request, 10 + call, 1, "gateway", SpanKind.CLIENT, call, call + 1))));
            }
            spans.add(address(span(request, 2, 1, "gateway", SpanKind.CLIENT, 50, 59)));
            spans.add(span(request, 3, 2, "orders", SpanKind.SERVER, 51, 58));
            traces.add(new Trace(spans));
        }
        return traces;
    }

    private static Span address(Span span) {
        return with(span, "server.address", "orders.default.svc");
    }
}
