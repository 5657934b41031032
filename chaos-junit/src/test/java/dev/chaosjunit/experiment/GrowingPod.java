// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.inject.HelperInjector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A pod with as many goroutines in a receive as a test says, by how often its fault has been on. */
final class GrowingPod implements AutoCloseable {
    final FakeHelper helper = new FakeHelper();

    private final HttpServer server;
    private final LongUnaryOperator goroutines;

    GrowingPod(LongUnaryOperator goroutines) throws IOException {
        this.goroutines = goroutines;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = answer(exchange.getRequestURI().toString()).getBytes(UTF_8);
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().endsWith("leak") ? 404 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    ExperimentRunner runner() {
        int port = server.getAddress().getPort();
        Instance pod = new Instance(
                "p-0",
                "p-0",
                "p",
                Map.of("app", "p"),
                "127.0.0.1",
                new Handle.LocalProcess(4711),
                "eth0",
                Map.of("pprof", port));
        ServiceEndpoint service = new ServiceEndpoint(
                "p",
                List.of("127.0.0.1"),
                Map.of("http", 80),
                Map.of("app", "p"),
                Map.of(80, List.of(server.getAddress())));
        return new ExperimentRunner(
                new FixedCluster(List.of(pod), List.of(service), new CompletableFuture<>()),
                new HelperInjector(node -> helper),
                new PrintStream(new ByteArrayOutputStream()));
    }

    private String answer(String path) {
        if (!path.contains("pprof/goroutine?")) {
            return "ok";
        }
        long faults =
                helper.asked().stream().filter(asked -> asked.startsWith("on ")).count();
        long count = 1 + goroutines.applyAsLong(faults);
        return path.endsWith("debug=1")
                ? "goroutine profile: total " + count + "\n"
                : LongStream.rangeClosed(1, count)
                        .mapToObj(id -> "goroutine " + id + " [chan receive]:\nmain.wait()\n\t/main.go:1 +0x1\n"
                                + "created by main.handle in goroutine 1\n\t/main.go:2 +0x1\n")
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
