// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.result.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Two pods, p-0 of them under a load and a fault, none of which is there; hours of it pass in a moment. Only its goroutines
 * are asked for.
 */
final class FakeServices implements AutoCloseable {
    static final long FAST = Duration.ofMillis(5).toNanos();
    static final long SLOW = Duration.ofMillis(900).toNanos();

    final FakeClock clock = new FakeClock();
    final FakeInjector injector = new FakeInjector();
    final List<FakeLoad> loads = new ArrayList<>();
    final List<Stage> entered = new ArrayList<>();
    final List<Duration> planned = new ArrayList<>();

    /** Latency of a request by the moment when it is due, from the begin of everything, nanoseconds. */
    LongUnaryOperator latency = atNanos -> FAST;

    /** Why a load's requests fail; null for not at all. */
    Function<LoadSpec, @Nullable String> error = spec -> null;

    /** What to do when a stage is entered. */
    private final Map<Stage, Runnable> meanwhile = new EnumMap<>(Stage.class);

    /** Goroutines in a receive, by how often a fault has been on. */
    LongUnaryOperator goroutines = faults -> 0;

    /** Its profiles, and who asked for which. */
    byte[] ofStretch = {};

    byte[] ofMoment = {};
    int profileStatus = 200;
    final List<String> profiled = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final long begin = clock.nanoTime();
    final ExperimentRunner runner;
    final List<Instance> pods = new CopyOnWriteArrayList<>();
    Supplier<String> figures = () -> "";

    FakeServices() {
        this(Optional.empty());
    }

    /** Whose pods' traces are received, if there is somewhere to keep them. */
    FakeServices(Optional<SpanStore> spans) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String uri = exchange.getRequestURI().toString();
            if (uri.contains("seconds=") || uri.endsWith("debug=0")) {
                profiled.add(uri);
                byte[] profile = uri.contains("seconds=") ? ofStretch : ofMoment;
                exchange.sendResponseHeaders(profileStatus, profile.length == 0 ? -1 : profile.length);
                exchange.getResponseBody().write(profile);
                exchange.close();
                return;
            }
            byte[] answer = answer(exchange.getRequestURI().toString()).getBytes(UTF_8);
            boolean leaks = exchange.getRequestURI().getPath().endsWith("leak");
            exchange.sendResponseHeaders(leaks ? 404 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        pods.add(pod("p-0", "p", 4711, Map.of("pprof", server.getAddress().getPort())));
        pods.add(pod("q-0", "q", 4712, Map.of()));
        runner = new ExperimentRunner(
                new FixedCluster(pods, List.of(), new CompletableFuture<>()),
                injector,
                (spec, routes) -> {
                    loads.add(new FakeLoad(spec, clock, planned -> request(spec, planned)));
                    return loads.get(loads.size() - 1);
                },
                clock,
                (id, live) -> {
                    figures = live;
                    return new Recorder();
                },
                spans);
    }

    static Instance pod(String name, String app, long pid, Map<String, Integer> ports) {
        return new Instance(
                name, name, app, Map.of("app", app), "127.0.0.1", new Handle.LocalProcess(pid), "eth0", ports);
    }

    private Sample request(LoadSpec spec, long plannedNanos) {
        return new Sample(plannedNanos, latency.applyAsLong(plannedNanos - begin), error.apply(spec), true);
    }

    private String answer(String path) {
        if (!path.contains("pprof/goroutine?")) {
            return "ok";
        }
        long faults = injector.asked.stream().filter("on"::equals).count();
        long count = 1 + goroutines.applyAsLong(faults);
        return path.endsWith("debug=1")
                ? "goroutine profile: total " + count + "\n"
                : LongStream.rangeClosed(1, count)
                        .mapToObj(id -> "goroutine " + id + " [chan receive]:\nmain.wait()\n\t/main.go:1 +0x1\n"
                                + "created by main.handle in goroutine 1\n\t/main.go:2 +0x1\n")
                        .collect(Collectors.joining("\n"));
    }

    /** Have something happen a second after a stage is entered. */
    void during(Stage stage, Runnable event) {
        meanwhile.put(stage, event);
    }

    Finished run(Experiment experiment) throws InterruptedException {
        return run(experiment, faults -> {});
    }

    Finished run(Experiment experiment, Body body) throws InterruptedException {
        return runner.run(experiment, body);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private final class Recorder implements Listener {

        @Override
        public void entered(Stage stage, Duration length) {
            entered.add(stage);
            planned.add(length);
            Runnable event = meanwhile.remove(stage);
            if (event != null) {
                clock.after(Duration.ofSeconds(1), event);
            }
        }

        @Override
        public void close() {}
    }
}
