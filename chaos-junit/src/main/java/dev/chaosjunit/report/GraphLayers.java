// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.TraceResult.ServiceCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Services in layers: each to the right of all that call it, but for calls that close a circle. */
final class GraphLayers {
    private final Map<String, Set<String>> called = new TreeMap<>();
    private final Set<String> visited = new HashSet<>();
    private final List<String> calledFirst = new ArrayList<>();

    private GraphLayers(List<ServiceCalls> calls) {
        for (ServiceCalls call : calls) {
            called.computeIfAbsent(call.from(), from -> new TreeSet<>()).add(call.to());
            called.computeIfAbsent(call.to(), to -> new TreeSet<>());
        }
    }

    /** The layer of each service, from 0. */
    static Map<String, Integer> of(List<ServiceCalls> calls) {
        return new GraphLayers(calls).layers();
    }

    private Map<String, Integer> layers() {
        Set<String> below = new HashSet<>();
        called.forEach((from, to) -> to.stream().filter(s -> !s.equals(from)).forEach(below::add));
        called.keySet().stream().filter(service -> !below.contains(service)).forEach(this::visit);
        called.keySet().forEach(this::visit); // what is left goes round in circles
        Map<String, Integer> layers = new HashMap<>();
        Set<String> passed = new HashSet<>();
        for (int i = calledFirst.size() - 1; i >= 0; i--) {
            String from = calledFirst.get(i);
            passed.add(from);
            int next = layers.computeIfAbsent(from, first -> 0) + 1;
            called.getOrDefault(from, Set.of()).stream()
                    .filter(to -> !passed.contains(to))
                    .forEach(to -> layers.merge(to, next, Math::max));
        }
        return layers;
    }

    private void visit(String service) {
        if (visited.add(service)) {
            called.getOrDefault(service, Set.of()).forEach(this::visit);
            calledFirst.add(service);
        }
    }
}
