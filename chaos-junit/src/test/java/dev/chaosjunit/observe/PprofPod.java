// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A pod that serves profiles of goroutines which a test makes up, by the time since it was made, milliseconds. */
final class PprofPod implements AutoCloseable {
    static final String MAIN = "1 running main";

    /** Of each goroutine its id, state and creating function. */
    DoubleFunction<List<String>> goroutines = atMs -> List.of(MAIN);

    DoubleFunction<OptionalInt> leaked = atMs -> OptionalInt.empty();
    DoubleFunction<Boolean> isDown = atMs -> false;
    int dumps;

    /** Its profile of goroutines with their labels. */
    byte[] labels = {};

    private final Clock clock;
    private final long start;
    private final HttpServer server;

    PprofPod(Clock clock) {
        this.clock = clock;
        this.start = clock.nanoTime();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/debug/pprof/", this::answer);
        server.start();
    }

    /** Main, and so many in a state. */
    static List<String> with(int count, String state) {
        return Stream.concat(
                        Stream.of(MAIN),
                        IntStream.range(0, count).mapToObj(i -> (100 + i) + " " + state.replace(' ', '_') + " main.f"))
                .toList();
    }

    Instance life(long pid) {
        return new Instance(
                "p-0",
                "p-0",
                "p",
                Map.of(),
                "127.0.0.1",
                new Handle.LocalProcess(pid),
                "eth0",
                Map.of("admin", server.getAddress().getPort()));
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    double elapsedMs() {
        return (clock.nanoTime() - start) / 1e6;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        OptionalInt leaks = leaked.apply(elapsedMs());
        boolean asksForLeaks = path.contains("goroutineleak");
        byte[] answer = body(path, leaks).getBytes(UTF_8);
        boolean ok = !isDown.apply(elapsedMs());
        if (path.endsWith("debug=0")) {
            asksForLabels(exchange);
            return;
        }
        exchange.sendResponseHeaders(ok ? asksForLeaks && leaks.isEmpty() ? 404 : 200 : 500, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void asksForLabels(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, labels.length == 0 ? -1 : labels.length);
        exchange.getResponseBody().write(labels);
        exchange.close();
    }

    private String body(String path, OptionalInt leaks) {
        List<String> now = goroutines.apply(elapsedMs());
        if (path.contains("goroutineleak")) {
            return "goroutineleak profile: total " + leaks.orElse(0) + "\n";
        }
        if (path.endsWith("debug=1")) {
            return "goroutine profile: total " + now.size() + "\n";
        }
        dumps++;
        return now.stream().map(PprofPod::stack).collect(Collectors.joining("\n"));
    }

    private static String stack(String goroutine) {
        String[] parts = goroutine.split(" ", 3);
        return "goroutine " + parts[0] + " [" + parts[1].replace('_', ' ') + "]:\nmain.work()\n\t/main.go:2 +0x1\n"
                + (parts[2].equals("main") ? "" : "created by " + parts[2] + " in goroutine 1\n\t/main.go:3 +0x1\n");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
