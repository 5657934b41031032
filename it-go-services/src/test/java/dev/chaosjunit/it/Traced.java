// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Requests that each belong to a trace of their own. */
final class Traced {
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
        return HttpRequest.newBuilder(uri)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    /** The status that each answer has, whatever it took. */
    static int status(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
