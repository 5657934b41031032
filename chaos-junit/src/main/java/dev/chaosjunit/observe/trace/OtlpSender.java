// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends telemetry to a backend, by OTLP over HTTP, from a daemon thread of its own. Whoever hands something over never
 * waits and never fails: what finds the queue full, or is not answered with 2xx within five seconds, is counted and let go;
 * nothing is sent twice.
 */
public final class OtlpSender implements Consumer<OtlpExport>, AutoCloseable {
    private static final Duration CONNECTED = Duration.ofSeconds(2);
    private static final long ANSWERED_S = 5;
    private static final Duration AT_CLOSE = Duration.ofSeconds(2);

    private final String endpoint;
    private final OtlpQueue queue;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTED)
            .build();
    private final Thread thread = new Thread(this::sendAll, "otlp-sender");

    /**
     * Begin to send.
     *
     * @param endpoint a base URL, {@code http://collector:4318}; paths of OTLP are put behind it
     */
    public static OtlpSender to(URI endpoint) {
        return to(endpoint, OtlpQueue.BYTES);
    }

    static OtlpSender to(URI endpoint, long mostBytes) {
        OtlpSender sender = new OtlpSender(endpoint, mostBytes);
        sender.thread.setDaemon(true);
        sender.thread.start();
        return sender;
    }

    private OtlpSender(URI endpoint, long mostBytes) {
        this.endpoint = endpoint.toString().replaceFirst("/+$", "");
        this.queue = new OtlpQueue(mostBytes);
    }

    @Override
    public void accept(OtlpExport export) {
        queue.add(export);
    }

    /** Wait until all is sent or lost, but no longer than this; an interrupt ends the wait, and stays set. */
    public void settle(Duration most) {
        queue.awaitEmpty(most);
    }

    /** What was not delivered, in a sentence, since this was last asked; empty where that is nothing. */
    public Optional<String> undelivered() {
        return queue.undelivered().map(lost -> "Not all telemetry came to " + endpoint + ": " + lost + ".");
    }

    /** Take no more, and send what waits within two seconds; the rest is lost, and {@link #undelivered} tells of it. */
    @Override
    public void close() {
        queue.close();
        settle(AT_CLOSE);
        queue.abandon("it still waited at the end");
        thread.interrupt();
    }

    private void sendAll() {
        try {
            while (true) {
                OtlpExport next = queue.first();
                queue.done(next, send(next));
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** Why it was not delivered; empty where it was. */
    private Optional<String> send(OtlpExport export) throws InterruptedException {
        String path = export.signal().path();
        try {
            int status = post(export, URI.create(endpoint + path));
            return status / 100 == 2 ? Optional.empty() : Optional.of(path + " answered with status " + status);
        } catch (TimeoutException e) {
            return Optional.of(path + " did not answer within " + ANSWERED_S + " s");
        } catch (ExecutionException e) {
            return Optional.of(path + ": " + e.getCause());
        } catch (RuntimeException e) { // as of a port that is none
            return Optional.of(path + ": " + e);
        }
    }

    /** A time-out of the request would end with the headers of its answer, and leave out the rest. */
    private int post(OtlpExport export, URI to) throws InterruptedException, ExecutionException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", export.contentType())
                .POST(BodyPublishers.ofByteArray(export.body().toByteArray()))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(ANSWERED_S, TimeUnit.SECONDS).statusCode();
        } finally {
            answer.cancel(true);
        }
    }
}
