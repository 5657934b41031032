// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.observe.trace.DeadlinesLeft;
import dev.chaosjunit.observe.trace.Span;
import dev.chaosjunit.observe.trace.Trace;
import dev.chaosjunit.result.TraceResult.SpanBar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The spans of a trace as a waterfall has them: each behind what it is a part of. */
final class SpanBars {
    private static final int MOST = 100;
    private static final int DEEPEST = 32;

    private final Trace trace;
    private final List<SpanBar> bars = new ArrayList<>();

    private SpanBars(Trace trace) {
        this.trace = trace;
    }

    static List<SpanBar> of(Trace trace) {
        SpanBars bars = new SpanBars(trace);
        trace.tops().forEach(top -> bars.add(top, 0));
        return List.copyOf(bars.bars);
    }

    private void add(Span span, int depth) {
        if (bars.size() == MOST || depth > DEEPEST) {
            return;
        }
        bars.add(new SpanBar(
                span.hexId(),
                span.service(),
                span.name(),
                span.kind().name().toLowerCase(Locale.ROOT),
                depth,
                (span.start() - trace.entry().start()) / 1e6,
                span.duration() / 1e6,
                span.failed(),
                left(span),
                detail(span)));
        trace.children(span).forEach(child -> add(child, depth + 1));
    }

    private static @Nullable Double left(Span span) {
        OptionalLong left = DeadlinesLeft.at(span);
        return left.isPresent() ? left.getAsLong() / 1e6 : null;
    }

    private static String detail(Span span) {
        Map<String, String> attributes = new TreeMap<>(span.attributes());
        String text = attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(", "));
        return Stream.of(span.message(), text).filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
    }
}
