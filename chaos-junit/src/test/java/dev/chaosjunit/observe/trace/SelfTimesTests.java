// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static dev.chaosjunit.observe.trace.Spans.MS;
import static dev.chaosjunit.observe.trace.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A span's own time")
class SelfTimesTests {
    @Test
    @DisplayName("is without its children's, those side by side once, and those that run on only as far as it does")
    void own() {
        Span top = span(1, 1, 0, "a", SpanKind.SERVER, 10, 110);
        Trace trace = new Trace(List.of(
                top,
                span(1, 2, 1, "a", SpanKind.INTERNAL, 20, 50),
                span(1, 3, 1, "a", SpanKind.INTERNAL, 30, 40),
                span(1, 4, 1, "a", SpanKind.INTERNAL, 45, 60),
                span(1, 5, 1, "b", SpanKind.SERVER, 100, 500),
                span(1, 6, 1, "b", SpanKind.SERVER, 0, 12)));

        assertThat(SelfTimes.own(trace, top)).isEqualTo((100 - 40 - 10 - 2) * MS);
    }

    @Test
    @DisplayName("tells where a delay is: between the caller and the called")
    void delay() {
        SelfTimes before = SelfTimes.of(requests(0));
        SelfTimes after = SelfTimes.of(requests(500));

        SelfTimes.Change first = after.since(before).get(0);

        assertThat(first.added()).isEqualTo(500 * MS);
        assertThat(first.part()).hasToString("gateway: GET / (client span)");
        assertThat(after.since(before))
                .filteredOn(change -> change.added() != 0)
                .hasSize(1);
    }

    @Test
    @DisplayName("of all spans of a trace is what the entry took, where children stay within their parents")
    void sum() {
        Random random = new Random(4711);
        for (int round = 0; round < 200; round++) {
            List<Span> spans = new ArrayList<>();
            nest(spans, 0, 0, 1 + random.nextInt(100_000), random);
            Trace trace = new Trace(spans);

            long sum = SelfTimes.ofRequest(trace).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();

            assertThat(sum).as("round %d", round).isEqualTo(trace.entry().duration());
        }
    }

    /** Children one after another, within their parent. */
    private static void nest(List<Span> spans, long parent, long from, long to, Random random) {
        long id = spans.size() + 1L;
        spans.add(span(1, id, parent, "s" + random.nextInt(4), SpanKind.INTERNAL, from, to));
        long at = from;
        while (spans.size() < 60 && to - at > 1 && random.nextInt(4) > 0) {
            long start = at + random.nextInt((int) (to - at));
            long end = start + random.nextInt((int) (to - start) + 1);
            nest(spans, id, start, end, random);
            at = end;
        }
    }

    private static List<Trace> requests(long delay) {
        List<Trace> traces = new ArrayList<>();
        for (long number = 1; number <= 5; number++) {
            traces.add(new Trace(List.of(
                    span(number, 1, 99, "gateway", SpanKind.SERVER, 0, 20 + delay),
                    span(number, 2, 1, "gateway", SpanKind.CLIENT, 2, 18 + delay),
                    span(number, 3, 2, "orders", SpanKind.SERVER, 5 + delay, 15 + delay))));
        }
        return traces;
    }
}
