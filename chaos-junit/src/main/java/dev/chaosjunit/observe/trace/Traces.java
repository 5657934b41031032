// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Spans of a moment, joined to traces; it does not change. */
public final class Traces {
    private final Map<TraceId, Trace> byId;

    private Traces(Map<TraceId, Trace> byId) {
        this.byId = byId;
    }

    /** The traces of spans, which may come in any order. */
    public static Traces of(Collection<Span> spans) {
        Map<TraceId, List<Span>> grouped = new LinkedHashMap<>();
        spans.forEach(span ->
                grouped.computeIfAbsent(span.trace(), id -> new ArrayList<>(4)).add(span));
        Map<TraceId, Trace> traces = new LinkedHashMap<>();
        grouped.forEach((id, own) -> traces.put(id, new Trace(own)));
        return new Traces(traces);
    }

    /** All, in the order in which their first spans came. */
    public Collection<Trace> all() {
        return List.copyOf(byId.values());
    }

    /** The trace of an id; empty where no span of it was received. */
    public Optional<Trace> trace(TraceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Those of the ids that were received. */
    public List<Trace> of(Iterable<TraceId> ids) {
        List<Trace> traces = new ArrayList<>();
        ids.forEach(id -> trace(id).ifPresent(traces::add));
        return traces;
    }

    /**
     * Spans that started in a stretch of time.
     *
     * @param from nanoseconds since 1970, included
     * @param to not included
     */
    public List<Span> startedIn(long from, long to) {
        return byId.values().stream()
                .flatMap(trace -> trace.spans().stream())
                .filter(span -> span.start() >= from && span.start() < to)
                .toList();
    }

    /** Who told. */
    public SortedSet<String> services() {
        SortedSet<String> services = new TreeSet<>();
        byId.values().forEach(trace -> trace.spans().forEach(span -> services.add(span.service())));
        return services;
    }

    /** What was left of deadlines at each service that tells, by name; see {@link DeadlinesLeft}. */
    public List<DeadlinesLeft> deadlinesLeft() {
        return DeadlinesLeft.of(byId.values());
    }

    /** How many spans there are. */
    public int spans() {
        return byId.values().stream().mapToInt(trace -> trace.spans().size()).sum();
    }
}
