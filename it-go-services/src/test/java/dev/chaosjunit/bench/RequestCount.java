// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The requests that a client sends to its API server, by what they ask. */
final class RequestCount implements Interceptor {
    private static final int NAMED = 5;

    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        counts.merge(name(request), 1L, Long::sum);
    }

    /** {@code GET pods}, {@code watch pods}, {@code DELETE jobs}: whose does not matter. */
    private static String name(HttpRequest request) {
        String[] path =
                request.uri().getPath().replaceFirst(".*/namespaces/[^/]+/", "").split("/", -1);
        String query = String.valueOf(request.uri().getQuery());
        String what = path.length > 2 ? path[0] + "/" + path[2] : path[0];
        String verb = query.contains("watch=true")
                ? "watch"
                : path.length == 1 && request.method().equals("GET") ? "list" : request.method();
        return verb + " " + what;
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The most frequent ones. */
    String describe() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(entry -> entry.getKey() + " " + Figures.count(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    void reset() {
        counts.clear();
    }
}
