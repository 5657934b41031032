// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which services called which.
 *
 * @param edges by name of the caller, then of the called
 */
public record ServiceGraph(List<Edge> edges) {

    /**
     * Calls of one service to another.
     *
     * @param from who calls
     * @param to the service that answers, or the address that was called where none did
     * @param calls how many
     * @param failed those whose span says Error
     * @param p50 of their durations as the caller saw them, in nanoseconds, failed ones among them
     * @param p99 likewise
     */
    public record Edge(String from, String to, int calls, int failed, long p50, long p99) {}

    /** Keeps what it is given. */
    public ServiceGraph {
        edges = List.copyOf(edges);
    }

    /** The graph of some traces. */
    public static ServiceGraph of(Collection<Trace> traces) {
        Map<String, Map<String, List<Span>>> calls = new TreeMap<>();
        for (Call call : Call.in(traces)) {
            calls.computeIfAbsent(call.from(), from -> new TreeMap<>())
                    .computeIfAbsent(call.to(), to -> new ArrayList<>())
                    .add(call.span());
        }
        List<Edge> edges = new ArrayList<>();
        calls.forEach((from, called) -> called.forEach((to, spans) -> edges.add(edge(from, to, spans))));
        return new ServiceGraph(edges);
    }

    private static Edge edge(String from, String to, List<Span> spans) {
        List<Long> durations = spans.stream().map(Span::duration).toList();
        int failed = (int) spans.stream().filter(Span::failed).count();
        return new Edge(from, to, spans.size(), failed, Ranks.of(0.5, durations), Ranks.of(0.99, durations));
    }
}
