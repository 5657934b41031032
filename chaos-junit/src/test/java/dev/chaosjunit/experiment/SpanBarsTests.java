// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static dev.chaosjunit.observe.trace.Spans.span;
import static dev.chaosjunit.observe.trace.Spans.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.observe.trace.Span;
import dev.chaosjunit.observe.trace.SpanKind;
import dev.chaosjunit.observe.trace.Traces;
import dev.chaosjunit.result.TraceResult.SpanBar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Bars of a trace")
class SpanBarsTests {

    @Test
    @DisplayName("stand behind what they are a part of, and begin with the first")
    void order() {
        List<SpanBar> bars = bars(
                span(1, 5, 77, "lost", SpanKind.CONSUMER, 1_030, 1_031),
                span(1, 4, 1, "gateway", SpanKind.CLIENT, 1_020, 1_025),
                span(1, 3, 2, "orders", SpanKind.SERVER, 1_005, 1_009),
                span(1, 2, 1, "gateway", SpanKind.CLIENT, 1_004, 1_010),
                span(1, 1, 99, "gateway", SpanKind.SERVER, 1_000, 1_100));

        assertThat(bars)
                .extracting(SpanBar::service, SpanBar::kind, SpanBar::depth, SpanBar::fromMs, SpanBar::ms)
                .containsExactly(
                        tuple("gateway", "server", 0, 0.0, 100.0),
                        tuple("gateway", "client", 1, 4.0, 6.0),
                        tuple("orders", "server", 2, 5.0, 4.0),
                        tuple("gateway", "client", 1, 20.0, 5.0),
                        tuple("lost", "consumer", 0, 30.0, 1.0));
    }

    @Test
    @DisplayName("say what is known, the status' message first, and attributes by their names")
    void detail() {
        assertThat(bars(told("boom", Map.of("b", "2", "a", "1"))).get(0).detail())
                .isEqualTo("boom; a=1, b=2");
        assertThat(bars(told("", Map.of("a", "1"))).get(0).detail()).isEqualTo("a=1");
        assertThat(bars(told("boom", Map.of())).get(0).detail()).isEqualTo("boom");
        assertThat(bars(told("", Map.of())).get(0).detail()).isEmpty();
        assertThat(bars(told("boom", Map.of())).get(0).failed()).isTrue();
    }

    @Test
    @DisplayName("are a hundred at most")
    void most() {
        List<Span> spans = new ArrayList<>(List.of(span(1, 1, 0, "a", SpanKind.SERVER, 0, 500)));
        for (int child = 2; child <= 300; child++) {
            spans.add(span(1, child, 1, "a", SpanKind.INTERNAL, child, child + 1));
        }
        assertThat(bars(spans.toArray(Span[]::new))).hasSize(100);
    }

    @Test
    @DisplayName("are not deeper than 32, however deep spans are")
    void deepest() {
        List<Span> spans = new ArrayList<>();
        for (int depth = 0; depth < 60; depth++) {
            spans.add(span(1, depth + 1, depth, "a", SpanKind.INTERNAL, depth, 100));
        }
        assertThat(bars(spans.toArray(Span[]::new)))
                .last()
                .extracting(SpanBar::depth)
                .isEqualTo(32);
    }

    private static List<SpanBar> bars(Span... spans) {
        return SpanBars.of(Traces.of(List.of(spans)).trace(trace(1)).orElseThrow());
    }

    private static Span told(String message, Map<String, String> attributes) {
        return new Span(
                trace(1), 1, 0, "a", "a-0", "GET /", SpanKind.SERVER, 0, 1, true, message, attributes, List.of());
    }
}
