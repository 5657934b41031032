// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.google.protobuf.CodedInputStream;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** OTLP over HTTP: what is posted to one path, answered in the format that it came in. */
final class OtlpHttp implements HttpHandler {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    /** What a body becomes; the answer to it. */
    @FunctionalInterface
    interface Taker {
        ExportTraceServiceResponse take(byte[] body, boolean json) throws IOException;
    }

    private final SpanStore store;
    private final Taker taker;
    private final Semaphore unpacking; // those who unpack need memory; those who wait for a sender need none

    OtlpHttp(SpanStore store, Taker taker, Semaphore unpacking) {
        this.store = store;
        this.taker = taker;
        this.unpacking = unpacking;
    }

    /** Spans of a body. */
    static ExportTraceServiceRequest request(byte[] body, boolean json) throws IOException {
        return json ? OtlpJson.traces(body) : ExportTraceServiceRequest.parseFrom(CodedInputStream.newInstance(body));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String type = type(exchange.getRequestHeaders());
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                refuse(exchange, 405, "POST is what is taken here");
            } else if (!type.equals(PROTOBUF) && !type.equals(JSON)) {
                refuse(exchange, 415, "Content-Type is " + PROTOBUF + " or " + JSON);
            } else {
                take(exchange, type);
            }
        }
    }

    private void take(HttpExchange exchange, String type) throws IOException {
        byte[] answer;
        try {
            answer = answer(exchange, type.equals(JSON));
        } catch (OtlpBody.TooLongException e) {
            refuse(exchange, 413, String.valueOf(e.getMessage()));
            return;
        } catch (IOException | IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
            return;
        }
        send(exchange, 200, type, answer);
    }

    private byte[] answer(HttpExchange exchange, boolean json) throws IOException {
        byte[] sent = OtlpBody.sent(exchange.getRequestBody());
        unpacking.acquireUninterruptibly();
        try {
            byte[] body = packed(exchange.getRequestHeaders()) ? OtlpBody.unpacked(sent) : sent;
            ExportTraceServiceResponse response = taker.take(body, json);
            return json ? json(response).getBytes(StandardCharsets.UTF_8) : response.toByteArray();
        } finally {
            unpacking.release();
        }
    }

    private static boolean packed(Headers headers) throws IOException {
        String encoding = headers.getFirst("Content-Encoding");
        if (encoding == null || encoding.isEmpty() || encoding.equals("identity")) {
            return false;
        }
        if (!encoding.equals("gzip")) {
            throw new IOException("Content-Encoding is gzip, or none");
        }
        return true;
    }

    private static String type(Headers headers) {
        String type = headers.getFirst("Content-Type");
        return type == null ? "" : type.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT);
    }

    private static String json(ExportTraceServiceResponse response) {
        if (!response.hasPartialSuccess()) {
            return "{}";
        }
        return "{\"partialSuccess\":{\"rejectedSpans\":\""
                + response.getPartialSuccess().getRejectedSpans() + "\",\"errorMessage\":\""
                + response.getPartialSuccess().getErrorMessage() + "\"}}";
    }

    private void refuse(HttpExchange exchange, int status, String why) throws IOException {
        store.malformed.incrementAndGet();
        send(exchange, status, "text/plain; charset=utf-8", why.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
