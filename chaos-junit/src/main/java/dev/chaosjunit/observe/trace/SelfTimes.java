// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the time of a request goes: a span's own time is its duration less what its children cover, of which those that
 * run side by side count once. Of a client's span with the server's below it that is the way there and back.
 *
 * @param medians a part's own time in a request, in nanoseconds, the median of all requests; 0 in those that have none of it
 */
public record SelfTimes(Map<Part, Long> medians) {

    /**
     * All spans of a request that are alike.
     *
     * @param service that told of them
     * @param kind of span
     * @param name of the work
     */
    public record Part(String service, SpanKind kind, String name) {
        /** As "gateway: GET /orders (client span)". */
        @Override
        public String toString() {
            return service + ": " + name
                    + switch (kind) {
                        case CLIENT -> " (client span)";
                        case SERVER -> " (server span)";
                        default -> "";
                    };
        }
    }

    /**
     * A part's own time in two windows.
     *
     * @param before nanoseconds
     * @param after nanoseconds
     */
    public record Change(Part part, long before, long after) {
        /** Nanoseconds more; negative where it is less. */
        public long added() {
            return after - before;
        }
    }

    /** Keeps what it is given. */
    public SelfTimes {
        medians = Map.copyOf(medians);
    }

    /** The medians of some requests. */
    public static SelfTimes of(Collection<Trace> traces) {
        Map<Part, List<Long>> times = new HashMap<>();
        for (Trace trace : traces) {
            ofRequest(trace)
                    .forEach((part, time) ->
                            times.computeIfAbsent(part, p -> new ArrayList<>()).add(time));
        }
        Map<Part, Long> medians = new HashMap<>();
        times.forEach((part, told) -> {
            while (told.size() < traces.size()) {
                told.add(0L);
            }
            medians.put(part, Ranks.of(0.5, told));
        });
        return new SelfTimes(medians);
    }

    /** What takes longer than before, the most first; what takes less comes last. */
    public List<Change> since(SelfTimes before) {
        Set<Part> parts = new HashSet<>(medians.keySet());
        parts.addAll(before.medians.keySet());
        return parts.stream()
                .map(part -> new Change(part, before.medians.getOrDefault(part, 0L), medians.getOrDefault(part, 0L)))
                .sorted(Comparator.comparingLong(Change::added)
                        .reversed()
                        .thenComparing(c -> c.part().toString()))
                .toList();
    }

    /** Own time of each part of one request. */
    static Map<Part, Long> ofRequest(Trace trace) {
        Map<Part, Long> times = new HashMap<>();
        for (Span span : trace.spans()) {
            times.merge(new Part(span.service(), span.kind(), span.name()), own(trace, span), Long::sum);
        }
        return times;
    }

    /** Children are in order of start; what of them is outside of the span, as clocks differ, does not count. */
    static long own(Trace trace, Span span) {
        long own = span.duration();
        long covered = span.start();
        for (Span child : trace.children(span)) {
            long from = Math.max(covered, child.start());
            long to = Math.min(span.end(), child.end());
            if (to > from) {
                own -= to - from;
                covered = to;
            }
        }
        return own;
    }
}
