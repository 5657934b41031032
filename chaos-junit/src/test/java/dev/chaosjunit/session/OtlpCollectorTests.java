// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A collector of traces")
@Timeout(30)
class OtlpCollectorTests {
    private static final String SPAN = """
            {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
              "spanId": "00f067aa0ba902b7", "name": "GET /", "kind": 2,
              "startTimeUnixNano": "1", "endTimeUnixNano": "2"}]}]}]}""";

    @Test
    @DisplayName("that nobody wants listens nowhere and tells pods nothing, whatever collector there is elsewhere")
    void unwanted() {
        try (OtlpCollector collector = new OtlpCollector(
                Optional.empty(), Optional.of(URI.create("http://c:4318")), new Telemetry(Optional.empty()))) {
            assertThat(collector.isWanted()).isFalse();
            assertThat(collector.listen("127.0.0.1")).isEqualTo(Exporting.NONE);
            assertThat(collector.elsewhere()).isEqualTo(Exporting.NONE);
            assertThat(collector.spans()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP, http/protobuf", "GRPC, grpc"})
    @DisplayName("tells pods where it listens and what they shall speak there, and who they are")
    void listens(OtlpProtocol protocol, String word) throws IOException {
        try (OtlpCollector collector = wanted(protocol)) {
            assertThat(collector.spans()).isEmpty();
            Exporting exporting = collector.listen("127.0.0.1");

            InetSocketAddress to = exporting.to().orElseThrow();
            assertThat(exporting.variables())
                    .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + to.getPort())
                    .containsEntry("OTEL_EXPORTER_OTLP_PROTOCOL", word)
                    .containsEntry("OTEL_TRACES_EXPORTER", "otlp")
                    .containsEntry("OTEL_RESOURCE_ATTRIBUTES", "k8s.pod.name=$(CHAOS_POD_NAME)");
            assertThat(collector.spans()).isPresent();
            connect(to);
        }
    }

    @Test
    @DisplayName("keeps what is sent to the port that it named")
    void keeps() throws IOException, InterruptedException {
        try (OtlpCollector collector = wanted(OtlpProtocol.HTTP)) {
            Exporting exporting = collector.listen("127.0.0.1");
            assertThat(send(exporting.variables().get("OTEL_EXPORTER_OTLP_ENDPOINT") + "/v1/traces"))
                    .isEqualTo(200);

            assertThat(collector.spans().orElseThrow().received().kept()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("speaks gRPC, and not HTTP/1.1, at the port that it names for gRPC")
    void grpc() {
        try (OtlpCollector collector = wanted(OtlpProtocol.GRPC)) {
            Exporting exporting = collector.listen("127.0.0.1");

            assertThatThrownBy(() -> send(exporting.variables().get("OTEL_EXPORTER_OTLP_ENDPOINT") + "/v1/traces"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("listens no more once it is closed, also where a runtime that was tried before had it listen")
    void closed() throws IOException {
        OtlpCollector collector = wanted(OtlpProtocol.HTTP);
        InetSocketAddress first = collector.listen("127.0.0.1").to().orElseThrow();
        InetSocketAddress second = collector.listen("127.0.0.1").to().orElseThrow();
        connect(second);
        collector.close();

        assertThatThrownBy(() -> connect(first)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> connect(second)).isInstanceOf(ConnectException.class);
    }

    @Test
    @DisplayName("cannot listen on an address that is not this machine's")
    void notHere() {
        try (OtlpCollector collector = wanted(OtlpProtocol.HTTP)) {
            assertThatThrownBy(() -> collector.listen("192.0.2.1"))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageStartingWith("cannot listen for traces on 192.0.2.1: ");
            assertThat(collector.spans()).isEmpty();
        }
    }

    @Test
    @DisplayName("sends pods that cannot reach it to the one that is named, of which nothing is seen here")
    void elsewhere() {
        URI named = URI.create("https://collector.observability:4318");
        try (OtlpCollector collector = new OtlpCollector(
                Optional.of(OtlpProtocol.GRPC), Optional.of(named), new Telemetry(Optional.empty()))) {
            Exporting exporting = collector.elsewhere();

            assertThat(exporting.to()).isEmpty();
            assertThat(exporting.variables())
                    .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.observability:4318")
                    .containsEntry("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
            assertThat(collector.spans()).isEmpty();
        }
    }

    @Test
    @DisplayName("is refused where pods cannot reach it and none is named, with what to do")
    void nowhere() {
        try (OtlpCollector collector = wanted(OtlpProtocol.HTTP)) {
            assertThatThrownBy(collector::elsewhere)
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessage(
                            "@Traces: pods of this cluster cannot reach this JVM. Name a collector that they reach, by"
                                    + " chaos.otlp.endpoint=http://collector.observability:4318");
        }
    }

    private static OtlpCollector wanted(OtlpProtocol protocol) {
        return new OtlpCollector(Optional.of(protocol), Optional.empty(), new Telemetry(Optional.empty()));
    }

    private static void connect(InetSocketAddress to) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(to, 5_000);
        }
    }

    private static int send(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(SPAN))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
