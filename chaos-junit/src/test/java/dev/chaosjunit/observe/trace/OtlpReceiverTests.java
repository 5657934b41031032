// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OTLP over HTTP")
class OtlpReceiverTests {
    private static final String PROTOBUF = "application/x-protobuf";

    private final SpanStore store = new SpanStore(1_000, 1 << 20);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private OtlpReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = OtlpReceiver.open(InetAddress.getLoopbackAddress(), store);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    @DisplayName("takes spans as protobuf, plain and packed, and answers in kind")
    void protobuf() throws Exception {
        byte[] body = OtlpRequests.spans("orders", 3).toByteArray();

        HttpResponse<String> answer = post("/v1/traces", PROTOBUF, body);
        HttpResponse<String> packed = post(request(
                        "/v1/traces",
                        PROTOBUF,
                        gzip(OtlpRequests.spans("users", 2).toByteArray()))
                .header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(answer.body()).isEmpty();
        assertThat(packed.statusCode()).isEqualTo(200);
        assertThat(store.received().kept()).isEqualTo(5);
        assertThat(store.snapshot().services()).contains("orders");
    }

    @Test
    @DisplayName("takes spans as JSON, with hex ids, numbers as text or not, and fields that it does not know")
    void json() throws Exception {
        HttpResponse<String> answer = post(
                "/v1/traces", "application/json; charset=utf-8", OtlpRequests.JSON.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.body()).isEqualTo("{}");
        Span span = store.snapshot().all().iterator().next().entry();
        assertThat(span.trace()).hasToString("5b8efff798038103d269b633813fc60c");
        assertThat(span.hexId()).isEqualTo("eee19b7ec3c1b174");
        assertThat(span.parent()).isEqualTo(0xeee19b7ec3c1b173L);
        assertThat(span.service() + " " + span.instance()).isEqualTo("orders orders-0");
        assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.duration()).isEqualTo(1_000_000_000);
        assertThat(span.failed()).isTrue();
        assertThat(span.message()).isEqualTo("no");
        assertThat(span.attribute("tries")).isEqualTo("3");
        assertThat(span.attribute("list")).isEqualTo("[true, 0.5]");
        assertThat(span.events()).extracting(Span.Event::name).containsExactly("exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"resourceSpans\":[",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":{}}]}]}]}"
            })
    @DisplayName("answers 400 to JSON that is no request")
    void wrongJson(String body) throws Exception {
        HttpResponse<String> answer = post("/v1/traces", "application/json", body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(store.received().malformed()).isEqualTo(1);
    }

    @Test
    @DisplayName("answers that spans without legal ids are not taken, and takes the others")
    void wrongIds() throws Exception {
        String body = OtlpRequests.JSON.replace("EEE19B7EC3C1B174", "EE");

        HttpResponse<String> answer = post("/v1/traces", "application/json", body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rejectedSpans\":\"1\"").contains("1 spans without a legal");
        assertThat(store.received().invalid()).isEqualTo(1);
        assertThat(store.received().kept()).isZero();
    }

    @Test
    @DisplayName("answers 400 to what is no protobuf, to a request that is cut off, and to what gzip cannot unpack")
    void malformed() throws Exception {
        byte[] whole = OtlpRequests.spans("orders", 3).toByteArray();
        byte[] junk = "<html>not found</html>".getBytes(StandardCharsets.UTF_8);

        assertThat(post("/v1/traces", PROTOBUF, junk).statusCode()).isEqualTo(400);
        assertThat(post("/v1/traces", PROTOBUF, Arrays.copyOf(whole, whole.length - 5))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(request("/v1/traces", PROTOBUF, whole).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(request("/v1/traces", PROTOBUF, whole).header("Content-Encoding", "br"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(store.received().malformed()).isEqualTo(4);
        assertThat(store.received().kept()).isZero();
    }

    @Test
    @DisplayName("answers 415 and 405 to another type and another method")
    void wrongType() throws Exception {
        assertThat(post("/v1/traces", "text/plain", new byte[1]).statusCode()).isEqualTo(415);
        HttpRequest get = HttpRequest.newBuilder(uri("/v1/traces")).GET().build();
        assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    @DisplayName("answers 413 to a body of 5 MB, and to one that unpacks to more than 20 MiB")
    void tooLong() throws Exception {
        byte[] bomb = gzip(new byte[200 << 20]);
        assertThat(bomb).hasSizeLessThan(4 << 20);

        assertThat(post("/v1/traces", PROTOBUF, new byte[5_000_000]).statusCode())
                .isEqualTo(413);
        HttpResponse<String> answer = post(request("/v1/traces", PROTOBUF, bomb).header("Content-Encoding", "gzip"));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("a body of more than 20 MiB");
        assertThat(store.received().malformed()).isEqualTo(2);
    }

    @Test
    @DisplayName("answers metrics and logs, and counts them")
    void others() throws Exception {
        assertThat(post("/v1/metrics", PROTOBUF, new byte[10]).statusCode()).isEqualTo(200);
        assertThat(post("/v1/logs", "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                        .body())
                .isEqualTo("{}");
        assertThat(store.received().metrics()).isEqualTo(1);
        assertThat(store.received().logs()).isEqualTo(1);
    }

    @Test
    @DisplayName("serves others while senders are stuck in the middle of their bodies")
    void stuck() throws Exception {
        Socket[] stuck = new Socket[8];
        for (int i = 0; i < stuck.length; i++) {
            stuck[i] = new Socket(InetAddress.getLoopbackAddress(), receiver.httpPort());
            OutputStream out = stuck[i].getOutputStream();
            out.write(("POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: " + PROTOBUF
                            + "\r\nContent-Length: 1000\r\n\r\nabc")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        byte[] body = OtlpRequests.spans("orders", 1).toByteArray();

        assertThat(post("/v1/traces", PROTOBUF, body).statusCode()).isEqualTo(200);
        for (Socket socket : stuck) {
            socket.close();
        }
    }

    private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        return post(request(path, type, body));
    }

    private HttpResponse<String> post(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String type, byte[] body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + receiver.httpPort() + path);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }
}
