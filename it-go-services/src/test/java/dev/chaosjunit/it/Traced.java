// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests that each belong to a trace of their own. */
final class Traced {
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private Traced() {}

    /** So many ids, one of which is the given one. */
    static List<String> among(int count, String id) {
        return IntStream.range(0, count)
                .mapToObj(n -> n == count * 2 / 3 ? id : "%032x".formatted(n + 1))
                .toList();
    }

    /** Over HTTP/1.1. */
    static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static HttpRequest request(URI uri, String trace) {
        return request(uri, trace, Duration.ofSeconds(30));
    }

    private static HttpRequest request(URI uri, String trace, Duration patience) {
        return HttpRequest.newBuilder(uri)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .timeout(patience)
                .build();
    }

    /** The status that each answer has, whatever it took. */
    static int status(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Sends one after the other, over four kept connections: what came of those that were not answered 200 in time. */
    static Map<String, String> odd(URI uri, List<String> traces) throws InterruptedException {
        List<HttpClient> clients = Stream.generate(Traced::client).limit(4).toList();
        Map<String, String> odd = new TreeMap<>();
        for (int i = 0; i < traces.size(); i++) {
            String outcome = outcome(clients.get(i % clients.size()), request(uri, traces.get(i), PATIENCE));
            if (!outcome.equals("200")) {
                odd.put(traces.get(i), outcome);
            }
        }
        return odd;
    }

    private static String outcome(HttpClient client, HttpRequest request) throws InterruptedException {
        long sent = System.nanoTime();
        try {
            int status = status(client, request);
            return System.nanoTime() - sent > LATE.toNanos() ? "late" : String.valueOf(status);
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
