// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static dev.chaosjunit.observe.trace.Spans.MS;
import static dev.chaosjunit.observe.trace.Spans.span;
import static dev.chaosjunit.observe.trace.Spans.trace;
import static dev.chaosjunit.observe.trace.Spans.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A trace")
class TraceTests {
    @Test
    @DisplayName("is a tree in order of start, whatever the order in which its spans came")
    void tree() {
        Trace trace = new Trace(List.of(
                span(1, 4, 1, "a", SpanKind.CLIENT, 5, 6),
                span(1, 2, 1, "a", SpanKind.CLIENT, 1, 4),
                span(1, 3, 2, "b", SpanKind.SERVER, 2, 3),
                span(1, 1, 99, "a", SpanKind.SERVER, 0, 9)));

        assertThat(trace.entry().id()).isEqualTo(1);
        assertThat(trace.children(trace.entry())).extracting(Span::id).containsExactly(2L, 4L);
        assertThat(trace.parent(trace.spans().get(2))).map(Span::id).hasValue(2L);
        assertThat(trace.orphans()).isEmpty();
    }

    @Test
    @DisplayName("shows spans whose parent never came")
    void orphans() {
        Trace trace = new Trace(
                List.of(span(1, 1, 0, "a", SpanKind.SERVER, 0, 9), span(1, 3, 2, "b", SpanKind.SERVER, 2, 3)));

        assertThat(trace.orphans()).extracting(Span::service).containsExactly("b");
        assertThat(trace.parent(trace.orphans().get(0))).isEmpty();
        assertThat(trace.tops()).hasSize(2);
    }

    @Test
    @DisplayName("counts a span once that came twice")
    void twice() {
        Span span = span(1, 1, 0, "a", SpanKind.SERVER, 0, 9);

        assertThat(Traces.of(List.of(span, span)).spans()).isEqualTo(1);
    }

    @Test
    @DisplayName("has each span in it once, however wrong the parents are that spans name")
    void anyParents() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            List<Span> spans = new ArrayList<>();
            int size = 1 + random.nextInt(12);
            for (int id = 1; id <= size; id++) {
                int at = random.nextInt(50);
                spans.add(span(1, id, random.nextInt(size + 2), "a", SpanKind.INTERNAL, at, at + 5));
            }
            Trace trace = new Trace(spans);
            Set<Long> met = new HashSet<>();
            trace.tops().forEach(top -> walk(trace, top, met));
            assertThat(met).as("round %d", round).hasSize(size);
        }
    }

    @Test
    @DisplayName("is found by its id, and its spans by the time at which they start")
    void found() {
        Traces traces = Traces.of(
                List.of(span(1, 1, 0, "a", SpanKind.SERVER, 0, 9), span(2, 1, 0, "b", SpanKind.SERVER, 10, 19)));

        assertThat(traces.trace(trace(2))).isPresent();
        assertThat(traces.trace(trace(3))).isEmpty();
        assertThat(traces.of(List.of(trace(3), trace(1)))).hasSize(1);
        assertThat(traces.services()).containsExactly("a", "b");
        assertThat(traces.startedIn(0, 10 * MS)).extracting(Span::service).containsExactly("a");
        assertThat(traces.startedIn(10 * MS, 11 * MS)).extracting(Span::service).containsExactly("b");
    }

    @Test
    @DisplayName("tells of deadlines only where a span does")
    void deadlines() {
        Span first = with(span(1, 1, 0, "a", SpanKind.SERVER, 0, 9), "chaos.deadline_ms", "800");
        Span second = with(span(1, 2, 1, "b", SpanKind.SERVER, 0, 9), "rpc.grpc.timeout", "2S");
        Span third = with(span(1, 3, 1, "b", SpanKind.SERVER, 0, 9), "chaos.deadline_ms", "-5");
        Span fourth = with(span(1, 4, 1, "c", SpanKind.SERVER, 0, 9), "chaos.deadline_ms", "soon");

        assertThat(Traces.of(List.of(first, second, third, fourth)).deadlinesLeft())
                .containsExactly(new DeadlinesLeft("a", 800 * MS, 1), new DeadlinesLeft("b", -5 * MS, 2));
    }

    @Test
    @DisplayName("is picked for a look: the slowest, a failed one, a typical one, of those that came")
    void picks() {
        List<Picks.Request> requests = List.of(
                new Picks.Request(trace(1), 10, false),
                new Picks.Request(trace(2), 90, true),
                new Picks.Request(trace(3), 20, false),
                new Picks.Request(trace(4), 95, false),
                new Picks.Request(trace(5), 99, true));

        Picks picks = Picks.of(requests, id -> id.low() != 5);

        assertThat(picks.slowest()).map(Picks.Request::trace).hasValue(trace(4));
        assertThat(picks.failed()).map(Picks.Request::trace).hasValue(trace(2));
        assertThat(picks.typical()).map(Picks.Request::trace).hasValue(trace(3));
        assertThat(Picks.of(List.of(), id -> true).typical()).isEmpty();
    }

    @Test
    @DisplayName("has a name of 32 hex digits, and no other")
    void ids() {
        assertThat(TraceId.parse("4BF92F3577B34DA6A3CE929D0E0E4736"))
                .map(TraceId::toString)
                .hasValue("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(TraceId.parse("0".repeat(32))).isEmpty();
        assertThat(TraceId.parse("4bf92f35")).isEmpty();
        assertThat(TraceId.parse("g".repeat(32))).isEmpty();
    }

    private static void walk(Trace trace, Span span, Set<Long> met) {
        assertThat(met.add(span.id())).isTrue();
        trace.children(span).forEach(child -> walk(trace, child, met));
    }
}
