// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Rate;
import dev.chaosjunit.result.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows are minutes long here: a run that did not end at once would never end in time. */
@DisplayName("A run that something of our own is lost for")
@Timeout(30)
class LossTests {
    private static final String GONE = "the node ended: its guardian (process 4711) was killed";
    private static final Duration MOMENT = Duration.ofMillis(400);
    private static final Duration MINUTES = Duration.ofMinutes(3);

    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final FakeHelper helper = new FakeHelper();
    private final List<Instance> pods = new CopyOnWriteArrayList<>();
    private final String mortal = "q-0";
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private ExperimentRunner runner;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            pods.removeIf(pod -> pod.name().equals(mortal)); // already in the rehearsal
            requests.incrementAndGet();
            byte[] answer = answer(exchange.getRequestURI().toString()).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        pods.add(pod("p-0", "p"));
        pods.add(pod(mortal, "q"));
        ServiceEndpoint service = new ServiceEndpoint(
                "p",
                List.of("127.0.0.1"),
                Map.of("http", 80),
                Map.of("app", "p"),
                Map.of(80, List.of(server.getAddress())));
        FixedCluster cluster = new FixedCluster(pods, List.of(service), lost);
        runner = new ExperimentRunner(
                cluster,
                new HelperInjector(cluster, node -> helper),
                new PrintStream(new ByteArrayOutputStream()),
                Optional.empty());
    }

    private Instance pod(String name, String app) {
        return new Instance(
                name,
                name,
                app,
                Map.of("app", app),
                "127.0.0.1",
                new Handle.LocalProcess(4711),
                "eth0",
                Map.of("pprof", server.getAddress().getPort()));
    }

    private static String answer(String path) {
        if (path.endsWith("goroutine?debug=2")) {
            return "goroutine 1 [running]:\nmain.main()\n\t/main.go:1 +0x1\n";
        }
        return path.startsWith("/debug") ? "goroutine profile: total 1\n" : "ok";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"rehearsal, attach", "fault, on", "recovery, off"})
    @DisplayName("ends at once, whichever window it is in, and says which and what")
    void eachWindow(String window, String begun) throws InterruptedException {
        loseAfter(begun + " f1");
        Finished finished = runner.run(
                experiment(
                        window.equals("rehearsal") ? MINUTES : MOMENT,
                        window.equals("fault") ? MINUTES : MOMENT,
                        MINUTES,
                        Optional.empty()),
                faults -> {});

        assertInconclusive(finished, window);
        assertThat(requests).hasPositiveValue();
        assertLoadStopped();
    }

    @Test
    @DisplayName("ends at once in the baseline window, and injects nothing")
    void baseline() throws InterruptedException {
        runner.run(experiment(MOMENT, MOMENT, MOMENT, Optional.empty()), faults -> {}); // the rehearsal is done then
        loseAfter("attach f2");
        assertInconclusive(
                runner.run(experiment(MINUTES, MINUTES, MINUTES, Optional.empty()), faults -> {}), "baseline");
        assertLoadStopped();
        assertThat(helper.asked()).doesNotContain("on f2").endsWith("attach f2", "detach f2");
    }

    @Test
    @DisplayName("ends at once while goroutines are awaited")
    void goroutines() throws InterruptedException {
        loseAfter("stats f1");
        Experiment experiment = new Experiment(
                "t",
                "t",
                List.of(fault(MOMENT)),
                List.of(),
                List.of(),
                Optional.of(new GoroutineRecovery(MINUTES, "pprof")),
                new WindowLengths(MOMENT, MOMENT, MOMENT),
                1);
        assertInconclusive(runner.run(experiment, faults -> {}), "goroutines");
    }

    @Test
    @DisplayName("ends at once when it is the agent that is gone, with the faults")
    void agent() throws InterruptedException {
        helper.reply("stats", "error code=gone msg=it%20ended");
        Finished finished = runner.run(experiment(MOMENT, MINUTES, MINUTES, Optional.empty()), faults -> helper.die());
        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary())
                .startsWith("In the fault window, the agent ended, and its faults with it: fake.");
    }

    @Test
    @DisplayName("ends when the test's own code returns, even if that makes light of an interrupt")
    void swallowed() throws InterruptedException {
        Finished finished = runner.run(experiment(MOMENT, MINUTES, MINUTES, Optional.empty()), faults -> {
            lost.complete(GONE);
            assertThat(Thread.interrupted()).isTrue();
        });
        assertInconclusive(finished, "fault");
        assertThat(helper.asked()).contains("off f1");
    }

    @Test
    @DisplayName("holds nothing against the services, not even if their errors came before the word of the loss")
    void lateWord() throws InterruptedException {
        Finished finished = runner.run(experiment(MOMENT, MOMENT, MOMENT, Optional.empty()), faults -> {
            lost.completeOnTimeout(GONE, 900, TimeUnit.MILLISECONDS);
            throw new IllegalStateException("connection refused");
        });
        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary()).contains(GONE).doesNotContain("refused");
        assertThat(finished.result().notes())
                .anyMatch(note -> note.contains("held against nobody") && note.contains("connection refused"));
        assertThat(finished.thrown()).hasMessage("connection refused");
    }

    @Test
    @DisplayName("is none where a pod goes, which is noted even if it was in the rehearsal, and must be back")
    void podEnds() throws InterruptedException {
        Finished finished = runner.run(experiment(MOMENT, MOMENT, MOMENT, Optional.empty()), faults -> {});
        assertThat(finished.lost()).isFalse();
        assertThat(finished.result().notes()).contains("Pod q-0 ended during the experiment.");
        assertThat(finished.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finished.result().summary()).contains("Not all pods came back: q has 0 of 1 ready");
    }

    @Test
    @DisplayName("does not begin when that was lost before")
    void before() throws InterruptedException {
        lost.complete(GONE);
        Finished finished = runner.run(experiment(MOMENT, MOMENT, MOMENT, Optional.empty()), faults -> {});
        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary()).startsWith("Before the first window, " + GONE);
        assertThat(helper.asked()).isEmpty();
        assertThat(requests).hasValue(0);
    }

    @Test
    @DisplayName("leaves no interrupt behind for the test after it")
    void noInterruptLeft() throws InterruptedException {
        runner.run(experiment(MOMENT, MINUTES, MINUTES, Optional.empty()), faults -> {
            lost.complete(GONE);
            throw new IllegalStateException("and the flag is still up");
        });
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private void loseAfter(String question) {
        Thread loser = new Thread(() -> {
            try {
                while (!helper.asked().contains(question)) {
                    Thread.sleep(5);
                }
                Thread.sleep(MOMENT.toMillis());
                lost.complete(GONE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        loser.setDaemon(true);
        loser.start();
    }

    private static void assertInconclusive(Finished finished, String window) {
        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary().lines())
                .first()
                .isEqualTo("In the " + window + " window, " + GONE + ".");
        assertThat(finished.result().slos()).isEmpty();
        assertThat(finished.lost()).isTrue();
        assertThat(finished.thrown()).isNull();
    }

    /** What was sent before may arrive a moment later. */
    private void assertLoadStopped() {
        await().until(() -> {
            int sent = requests.get();
            Thread.sleep(200);
            return requests.get() == sent;
        });
    }

    private static Experiment experiment(
            Duration baseline, Duration fault, Duration recovery, Optional<GoroutineRecovery> goroutines) {
        LoadSpec load =
                new LoadSpec(URI.create("http://p/"), new Rate(100), "GET", Map.of(), "", Duration.ofSeconds(20));
        return new Experiment(
                "t",
                "t",
                List.of(fault(fault)),
                List.of(load),
                List.of(),
                goroutines,
                new WindowLengths(baseline, recovery, Duration.ZERO),
                1);
    }

    private static Fault fault(Duration duration) {
        return SampleInjections.delay(duration).fault();
    }
}
