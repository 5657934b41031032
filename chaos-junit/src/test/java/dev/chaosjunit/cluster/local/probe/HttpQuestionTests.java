// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.cluster.manifest.Probe.HttpGet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A question by HTTP")
class HttpQuestionTests {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String url;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + port();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "304, true", "399, true", "400, false", "404, false", "503, false"})
    @DisplayName("is good from 200 to 399")
    void status(int status, boolean good) throws InterruptedException {
        assertThat(ask("/" + status)).isEqualTo(new Answer(good, "GET " + url + "/" + status + ": " + status));
    }

    @Test
    @DisplayName("comes from the prober's address, with the manifest's headers")
    void headers() throws InterruptedException {
        assertThat(Loopback.ask(new HttpGet(port(), "/seen", false, Map.of("x-who", "me", "User-Agent", "mine"))))
                .matches(Answer::good);
        assertThat(asked).containsExactly("/seen from 127.0.0.2, x-who me, agent mine, host 127.0.0.1:" + port());
    }

    @Test
    @DisplayName("says who it is")
    void agent() throws InterruptedException {
        assertThat(ask("/seen?a=b&c=%20")).matches(Answer::good);
        assertThat(asked).singleElement().asString().contains("/seen?a=b&c=%20 ", "agent kube-probe/");
    }

    @Test
    @DisplayName("follows redirects within the pod, relative ones too")
    void redirects() throws InterruptedException {
        assertThat(ask("/to?" + url + "/503")).isEqualTo(new Answer(false, "GET " + url + "/to?" + url + "/503: 503"));
        assertThat(ask("/to?404").text()).endsWith(": 404");
    }

    @Test
    @DisplayName("that is sent to another host is good")
    void elsewhere() throws InterruptedException {
        assertThat(ask("/to?http://127.0.0.3:1/503"))
                .matches(Answer::good)
                .extracting(Answer::text)
                .asString()
                .endsWith(": 302");
        assertThat(ask("/to?").text()).endsWith(": 302"); // to nowhere
    }

    @Test
    @DisplayName("gives up after ten requests that only lead on")
    void circle() throws InterruptedException {
        assertThat(ask("/circle")).isEqualTo(new Answer(false, "GET " + url + "/circle: stopped after 10 redirects"));
        assertThat(asked).hasSize(10);
    }

    private Answer ask(String path) throws InterruptedException {
        return Loopback.ask(new HttpGet(port(), path, false, Map.of()));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        InetAddress from = exchange.getRemoteAddress().getAddress();
        asked.add(exchange.getRequestURI() + " from " + from.getHostAddress() + ", x-who " + header(exchange, "x-who")
                + ", agent " + header(exchange, "user-agent") + ", host " + header(exchange, "host"));
        int status = 302;
        switch (path) {
            case "/to" ->
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getRawQuery());
            case "/circle" -> exchange.getResponseHeaders().set("Location", "/circle");
            case "/seen" -> status = 200;
            default -> status = Integer.parseInt(path.substring(1));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }
}
