// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Telemetry that is passed on")
@Timeout(30)
class OtlpSenderTests {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final OtlpExport EXPORT =
            new OtlpExport(OtlpSignal.TRACES, OtlpRequests.spans("orders", 3).toByteString(), false);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<ByteString> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer backend = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    private volatile int status = 200;

    OtlpSenderTests() throws IOException {
        backend.createContext("/", exchange -> {
            try (exchange) {
                bodies.add(ByteString.readFrom(exchange.getRequestBody()));
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type"));
                exchange.sendResponseHeaders(status, -1);
            }
        });
        backend.start();
    }

    @AfterEach
    void stop() {
        backend.stop(0);
    }

    @Test
    @DisplayName("comes to the backend byte by byte as a service exported it, whatever it is of")
    void unchanged() throws Exception {
        byte[] spans = OtlpRequests.spans("orders", 3).toByteArray();
        byte[] json = OtlpRequests.JSON.getBytes(StandardCharsets.UTF_8);
        try (OtlpSender sender =
                        OtlpSender.to(URI.create(url(backend.getAddress().getPort()) + "/otlp/"));
                OtlpReceiver receiver = OtlpReceiver.open(HERE, new SpanStore(), sender)) {
            export(receiver, "/v1/traces", "application/x-protobuf", spans);
            export(receiver, "/v1/traces", "application/json", json);
            export(receiver, "/v1/metrics", "application/x-protobuf", new byte[] {1, 2});
            export(receiver, "/v1/logs", "application/x-protobuf", new byte[] {3});
            assertThat(export(receiver, "/v1/traces", "application/x-protobuf", new byte[] {7}))
                    .isEqualTo(400);
            sender.settle(LONG);

            assertThat(sender.undelivered()).isEmpty();
        }
        assertThat(asked)
                .containsExactly(
                        "POST /otlp/v1/traces application/x-protobuf",
                        "POST /otlp/v1/traces application/json",
                        "POST /otlp/v1/metrics application/x-protobuf",
                        "POST /otlp/v1/logs application/x-protobuf");
        assertThat(bodies)
                .containsExactly(
                        ByteString.copyFrom(spans),
                        ByteString.copyFrom(json),
                        ByteString.copyFrom(new byte[] {1, 2}),
                        ByteString.copyFrom(new byte[] {3}));
    }

    @Test
    @DisplayName("is counted where nobody listens")
    void down() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        try (OtlpSender sender = OtlpSender.to(URI.create(url(port)))) {
            sender.accept(EXPORT);
            sender.accept(EXPORT);
            sender.settle(LONG);

            assertThat(sender.undelivered().orElseThrow())
                    .startsWith("Not all telemetry came to " + url(port) + ": 2 of 2 exports were lost ("
                            + 2 * EXPORT.body().size() + " bytes), the last as /v1/traces: ")
                    .contains("ConnectException");
            assertThat(sender.undelivered()).isEmpty();
        }
    }

    @Test
    @DisplayName("is counted where the backend refuses it, and is not sent twice")
    void refused() {
        status = 500;
        try (OtlpSender sender =
                OtlpSender.to(URI.create(url(backend.getAddress().getPort())))) {
            sender.accept(EXPORT);
            sender.settle(LONG);

            assertThat(sender.undelivered().orElseThrow())
                    .contains("1 of 1 exports were lost")
                    .endsWith("/v1/traces answered with status 500.");
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName(
            "is lost where the backend is silent: to close takes two seconds, and what came too much is counted at once")
    void silent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, HERE)) {
            OtlpSender sender = OtlpSender.to(URI.create(url(silent.getLocalPort())), 1_000);
            for (int i = 0; i < 20; i++) {
                sender.accept(EXPORT);
            }
            assertThat(sender.undelivered().orElseThrow())
                    .contains(" of 20 exports were lost", "the last as it found ", " still wait");
            long start = System.nanoTime();
            sender.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(sender.undelivered().orElseThrow()).endsWith("the last as it still waited at the end.");
            sender.accept(EXPORT);
            assertThat(sender.undelivered().orElseThrow()).contains("1 of 1").contains("it came after the end");
        }
    }

    @Test
    @DisplayName("is counted where the backend's URL has a port that is none")
    void noPort() {
        try (OtlpSender sender = OtlpSender.to(URI.create("http://127.0.0.1:99999"))) {
            assertThatCode(() -> sender.accept(EXPORT)).doesNotThrowAnyException();
            sender.settle(LONG);
            assertThat(sender.undelivered().orElseThrow()).contains("1 of 1 exports were lost");
        }
    }

    @Test
    @DisplayName("waits for nothing more where its thread is interrupted, which stays so")
    void interrupted() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, HERE);
                OtlpSender sender = OtlpSender.to(URI.create(url(silent.getLocalPort())))) {
            sender.accept(EXPORT);
            Thread.currentThread().interrupt();
            sender.settle(LONG);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static String url(int port) {
        return "http://" + HERE.getHostAddress() + ":" + port;
    }

    private static int export(OtlpReceiver receiver, String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(receiver.httpPort()) + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
