// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.Finished;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.observe.trace.OtlpReceiver;
import dev.chaosjunit.observe.trace.Span;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session")
class SessionTests {
    private static final Plan PLAN = Plans.on(ClusterRuntime.LOCAL);
    private static final Preflight PREFLIGHT = Preflight.of(PLAN);
    private static final Instance POD = new Instance(
            "p-0", "p-0", "p", Map.of("app", "p"), "198.18.0.7", new Handle.LocalProcess(4711), "eth0", Map.of());

    private final FixedCluster cluster = new FixedCluster(List.of(POD), List.of());
    private final FakeHelper helper = new FakeHelper();

    @Test
    @DisplayName("runs a whole experiment, and takes away what injects when it is closed")
    void experiment() throws InterruptedException {
        try (Session session = new Session(PREFLIGHT, cluster, new HelperInjector(cluster, node -> helper))) {
            Finished finished = session.runner()
                    .run(delay(), faults -> assertThat(faults.targets()).containsExactly(POD));

            assertThat(finished.thrown()).isNull();
            assertThat(finished.result().outcome()).isEqualTo(Outcome.PASSED);
            assertThat(session.losses().now()).isEmpty();
            assertThat(session.startAnew()).isEmpty();
        }
        assertThat(helper.asked()).containsExactly("attach f1", "on f1", "off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @DisplayName("tells a backend of a fault that was on, with the id that requests carry")
    void telemetry() throws Exception {
        SpanStore store = new SpanStore();
        try (OtlpReceiver backend = OtlpReceiver.open(InetAddress.getLoopbackAddress(), store);
                Session session = new Session(
                        PREFLIGHT,
                        cluster,
                        new HelperInjector(cluster, node -> helper),
                        Optional.of(URI.create("http://127.0.0.1:" + backend.httpPort())))) {
            ExperimentResult result =
                    session.runner().run(delay(), faults -> {}).result();

            assertThat(session.send(result)).isEqualTo(result);
            assertThat(store.snapshot().startedIn(0, Long.MAX_VALUE))
                    .extracting(Span::name)
                    .contains("chaos.experiment", "chaos.window");
            assertThat(store.received().logs()).isEqualTo(1);
            assertThat(store.received().metrics()).isEqualTo(1);
            assertThat(result.periods()).singleElement().satisfies(period -> {
                assertThat(period.kind()).isEqualTo("NetworkDelay");
                assertThat(period.offMs()).isGreaterThan(period.onMs());
            });
        }
    }

    @Test
    @DisplayName("says in the result that a backend is not there, which fails nothing")
    void noBackend() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Session session = new Session(
                PREFLIGHT,
                cluster,
                new HelperInjector(cluster, node -> helper),
                Optional.of(URI.create("http://127.0.0.1:" + port)))) {
            ExperimentResult result =
                    session.runner().run(delay(), faults -> {}).result();
            ExperimentResult told = session.send(result);

            assertThat(told.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(told.notes())
                    .anyMatch(note -> note.startsWith(
                            "Not all telemetry came to http://127.0.0.1:" + port + ": 3 of 3 exports were lost"));
        }
    }

    @Test
    @DisplayName("knows when what it stands on is gone")
    void lost() {
        try (Session session = new Session(PREFLIGHT, cluster, new HelperInjector(cluster, node -> helper))) {
            cluster.lost().complete("the node ended");

            assertThat(session.losses().now()).contains("the node ended");
        }
    }

    @Test
    @DisplayName("waits a moment for word of that, where something has failed that depends on it")
    void lostLately() {
        try (Session session = new Session(PREFLIGHT, cluster, new HelperInjector(cluster, node -> helper))) {
            assertThat(session.losses().lately()).isEmpty();

            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                    .execute(() -> cluster.lost().complete("the node ended"));
            assertThat(session.losses().now()).isEmpty();
            assertThat(session.losses().lately()).contains("the node ended");
        }
    }

    @Test
    @DisplayName("is not opened with an engine that there is not, nor is anything brought up for it")
    void noEngine() {
        Settings settings = new Settings(name -> Optional.of("litmus").filter(unused -> name.equals(Settings.ENGINE)));

        assertThatThrownBy(() -> Session.open(PREFLIGHT, List.of(), "t", settings))
                .isInstanceOf(SettingException.class);
    }

    private static Experiment delay() {
        return new Experiment(
                "t",
                "t",
                List.of(SampleInjections.delay(Duration.ofMillis(20)).fault()),
                List.of(),
                List.of(),
                Optional.empty(),
                PLAN.windows(),
                42);
    }
}
