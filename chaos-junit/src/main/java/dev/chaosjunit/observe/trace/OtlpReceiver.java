// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.google.protobuf.UnsafeByteOperations;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where services export their spans to, by OTLP over HTTP (protobuf or JSON, plain or gzip) and over gRPC, each on a port
 * that was free. Metrics and logs are answered, counted, and not kept; all that is taken is passed on as it came. Bodies of more than 4 MiB, and of more than 20 MiB
 * unpacked (4 MiB over gRPC), are refused; so is what cannot be read, with 400 or INVALID_ARGUMENT. All its threads are daemons.
 */
public final class OtlpReceiver implements AutoCloseable {
    private static final int THREADS = 16; // a sender that is paused in the middle of a body holds one
    private static final int WAITING = 256;
    private static final int AT_ONCE = 2;

    /** Held, as a logger that nobody holds forgets its level: at INFO it tells of epoll in each JVM. */
    private static final Logger TCP = Logger.getLogger("io.grpc.netty.TcpMetrics");

    private final List<ExecutorService> threads;
    private final HttpServer http;
    private final Server grpc;

    private OtlpReceiver(List<ExecutorService> threads, HttpServer http, Server grpc) {
        this.threads = threads;
        this.http = http;
        this.grpc = grpc;
    }

    /**
     * Start to take spans, and pass nothing on.
     *
     * @param bind an address of this machine that services can reach
     * @param store where they go
     * @throws IOException when no port can be had there
     */
    public static OtlpReceiver open(InetAddress bind, SpanStore store) throws IOException {
        return open(bind, store, export -> {});
    }

    /**
     * Start to take spans.
     *
     * @param bind an address of this machine that services can reach
     * @param store where they go
     * @param onward told of all that is taken, on the thread that answers its sender: it must neither wait nor throw
     * @throws IOException when no port can be had there
     */
    public static OtlpReceiver open(InetAddress bind, SpanStore store, Consumer<OtlpExport> onward) throws IOException {
        if (TCP.getLevel() == null) {
            TCP.setLevel(Level.WARNING);
        }
        SpanIntake intake = new SpanIntake(store);
        HttpServer http = HttpServer.create(new InetSocketAddress(bind, 0), 0);
        ExecutorService senders = threads("otlp-http-", THREADS, new LinkedBlockingQueue<>(WAITING));
        ExecutorService callers = threads("otlp-grpc-", AT_ONCE, new LinkedBlockingQueue<>());
        List<ExecutorService> threads = List.of(senders, callers);
        Server grpc;
        try {
            grpc = grpc(bind, new OtlpGrpc(store, onward), intake, callers);
        } catch (IOException | RuntimeException e) {
            http.stop(0);
            threads.forEach(ExecutorService::shutdownNow);
            throw e;
        }
        http.setExecutor(senders);
        Semaphore unpacking = new Semaphore(AT_ONCE);
        Map<OtlpSignal, OtlpHttp.Taker> takers = Map.of(
                OtlpSignal.TRACES, (body, json) -> intake.take(OtlpHttp.request(body, json)),
                OtlpSignal.METRICS, counted(store.metrics),
                OtlpSignal.LOGS, counted(store.logs));
        takers.forEach((signal, taker) ->
                http.createContext(signal.path(), new OtlpHttp(store, passedOn(signal, taker, onward), unpacking)));
        http.start();
        return new OtlpReceiver(threads, http, grpc);
    }

    /** The port of OTLP over HTTP, for {@code OTEL_EXPORTER_OTLP_ENDPOINT} with the protocol http/protobuf or http/json. */
    public int httpPort() {
        return http.getAddress().getPort();
    }

    /** The port of OTLP over gRPC, for {@code OTEL_EXPORTER_OTLP_ENDPOINT} with the protocol grpc. */
    public int grpcPort() {
        return grpc.getPort();
    }

    /** Take no more; what was taken stays in the store. */
    @Override
    public void close() {
        http.stop(0);
        grpc.shutdownNow();
        threads.forEach(ExecutorService::shutdownNow);
    }

    private static Server grpc(InetAddress bind, OtlpGrpc services, SpanIntake intake, ExecutorService callers)
            throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress(bind, 0))
                .executor(callers)
                .maxInboundMessageSize(OtlpBody.MOST_SENT)
                .maxConcurrentCallsPerConnection(THREADS)
                .addService(services.traces(intake))
                .addService(services.metrics())
                .addService(services.logs())
                .build()
                .start();
    }

    /** The answer of success has no field that is set, and so no byte, for each kind of request. */
    private static OtlpHttp.Taker counted(AtomicLong count) {
        return (body, json) -> {
            count.incrementAndGet();
            return ExportTraceServiceResponse.getDefaultInstance();
        };
    }

    private static OtlpHttp.Taker passedOn(OtlpSignal signal, OtlpHttp.Taker taker, Consumer<OtlpExport> onward) {
        return (body, json) -> {
            ExportTraceServiceResponse answer = taker.take(body, json);
            onward.accept(new OtlpExport(signal, UnsafeByteOperations.unsafeWrap(body), json));
            return answer;
        };
    }

    private static ExecutorService threads(String name, int most, BlockingQueue<Runnable> waiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, waiting, task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
