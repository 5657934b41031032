// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was received of one request's trace: a tree, or several where spans between are missing. All lists are in order of
 * start. The span that a load names as the parent of its request is nobody's, so that the first span of a trace has, as a
 * rule, a parent that was never received.
 */
public final class Trace {
    private static final Comparator<Span> IN_TIME = Comparator.comparingLong(Span::start)
            .thenComparing(Comparator.comparingLong(Span::end).reversed());

    private final TraceId id;
    private final List<Span> spans;
    private final Map<Long, Span> byId = new HashMap<>();
    private final Map<Long, List<Span>> children = new HashMap<>();
    private final List<Span> tops = new ArrayList<>();

    /** Spans of one trace, at least one; of those with the same id, as an exporter that tries again sends, the first. */
    Trace(List<Span> received) {
        received.forEach(span -> byId.putIfAbsent(span.id(), span));
        id = received.get(0).trace();
        spans = byId.values().stream().sorted(IN_TIME).toList();
        spans.forEach(this::place);
        openCircles();
        tops.sort(IN_TIME);
    }

    /** Its name. */
    public TraceId id() {
        return id;
    }

    /** All of it. */
    public List<Span> spans() {
        return spans;
    }

    /** Where it comes into the services: the first of its spans with no parent here. */
    public Span entry() {
        return tops.get(0);
    }

    /** Spans whose parents are not here: roots, and those whose parent was not received. */
    public List<Span> tops() {
        return List.copyOf(tops);
    }

    /** Tops other than the entry that name a parent: between them and the rest something was not received. */
    public List<Span> orphans() {
        return tops.stream().skip(1).filter(span -> !span.isRoot()).toList();
    }

    /** The parts of a span. */
    public List<Span> children(Span span) {
        return List.copyOf(children.getOrDefault(span.id(), List.of()));
    }

    /** What a span is a part of; empty for a top. */
    public Optional<Span> parent(Span span) {
        return tops.contains(span) ? Optional.empty() : Optional.ofNullable(byId.get(span.parent()));
    }

    /** The span of an id. */
    public Optional<Span> span(long spanId) {
        return Optional.ofNullable(byId.get(spanId));
    }

    private void place(Span span) {
        if (span.isRoot() || !byId.containsKey(span.parent())) {
            tops.add(span);
        } else {
            children.computeIfAbsent(span.parent(), parent -> new ArrayList<>()).add(span);
        }
    }

    /** Spans that are one another's parents, which only a wrong exporter sends, are opened at the first of them. */
    private void openCircles() {
        Set<Long> reached = new HashSet<>();
        tops.forEach(top -> reach(top, reached));
        for (Span span : spans) {
            if (!reached.contains(span.id())) {
                children.getOrDefault(span.parent(), new ArrayList<>()).remove(span);
                tops.add(span);
                reach(span, reached);
            }
        }
    }

    private void reach(Span top, Set<Long> reached) {
        Deque<Span> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            Span span = open.pop();
            if (reached.add(span.id())) {
                children.getOrDefault(span.id(), List.of()).forEach(open::push);
            }
        }
    }
}
