// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.manifest.Probe.HttpGet;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a page is there: 200 to 399. Redirects within the pod are followed, ten requests at the most; one to
 * somewhere else is good as it is.
 */
record HttpQuestion(HttpGet get, Route route) implements Question {

    private static final int MOST_REQUESTS = 10;

    @Override
    public Answer ask(Duration connect, Duration all) {
        HttpPage page = new HttpPage(get.https(), route.pod(), get.port(), get.path());
        try {
            int status = status(page, connect, System.nanoTime() + all.toNanos());
            return new Answer(status >= 200 && status < 400, "GET " + page + ": " + status);
        } catch (IOException e) {
            return new Answer(false, "GET " + page + ": " + e.getMessage());
        }
    }

    private int status(HttpPage first, Duration connect, long until) throws IOException {
        HttpPage page = first;
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            HttpHead head = ask(page, connect, until);
            Optional<HttpPage> next = page.redirected(head);
            if (next.isEmpty()) {
                return head.status();
            }
            page = next.get();
        }
        throw new IOException("stopped after " + MOST_REQUESTS + " redirects");
    }

    private HttpHead ask(HttpPage page, Duration connect, long until) throws IOException {
        try (Connection connection = Connection.open(route, page.port(), connect, until)) {
            if (page.https()) {
                connection.secure();
            }
            connection.output().write(request(page).getBytes(UTF_8));
            connection.output().flush();
            return HttpHead.read(connection.input());
        }
    }

    private String request(HttpPage page) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", route.to(page.port()));
        headers.put("User-Agent", "kube-probe/chaos-junit");
        headers.put("Accept", "*/*");
        headers.putAll(get.headers());
        headers.put("Connection", "close");
        StringBuilder request = new StringBuilder("GET ").append(page.path()).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("\r\n").toString();
    }
}
