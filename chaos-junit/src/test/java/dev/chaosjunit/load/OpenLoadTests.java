// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.quantity.Rate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Open-model load")
class OpenLoadTests {
    private static final Routes HOSTS =
            (host, port) -> Optional.of(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));

    @Test
    @DisplayName("asks the address of the host table, and keeps the host name and headers")
    void keepsHostName() throws Exception {
        try (RawServer server = RawServer.answering(200, 0)) {
            LoadSpec spec = new LoadSpec(
                    URI.create("http://user-api:" + server.port() + "/users/1"),
                    new Rate(50),
                    "POST",
                    Map.of("Authorization", "Bearer x"),
                    "body",
                    Duration.ofSeconds(2));
            List<Sample> samples = run(spec, 10);

            assertThat(samples).allSatisfy(sample -> {
                assertThat(sample.error()).isNull();
                assertThat(sample.sent()).isTrue();
                assertThat(sample.latencyNanos()).isPositive();
            });
            assertThat(server.requests().get(0))
                    .startsWith("POST /users/1 HTTP/1.1")
                    .contains("Host: user-api:" + server.port())
                    .contains("Authorization: Bearer x")
                    .contains("Content-Length: 4");
        }
    }

    @Test
    @DisplayName("plans on an absolute schedule, without drift")
    void absoluteSchedule() throws Exception {
        try (RawServer server = RawServer.answering(200, 0)) {
            List<Sample> samples = run(spec(server.port(), 200, Duration.ofSeconds(2)), 50);

            long first = samples.get(0).plannedNanos();
            for (int i = 0; i < samples.size(); i++) {
                assertThat(samples.get(i).plannedNanos() - first).isCloseTo(i * 5_000_000L, within(2L));
            }
        }
    }

    @Test
    @DisplayName("never waits for answers: a service slower than the rate has many requests at once")
    void neverWaits() throws Exception {
        try (RawServer server = RawServer.answering(200, 400);
                OpenLoad load = OpenLoad.start(spec(server.port(), 50, Duration.ofSeconds(5)), HOSTS)) {
            await().until(() -> server.openConnections() >= 10);
            await().until(() -> load.samples().size() >= 20);

            assertThat(load.samples()).allMatch(sample -> sample.latencyNanos() >= 400_000_000L);
        }
    }

    @Test
    @DisplayName("takes turns on several kept connections, so that a Service deals them out to its replicas")
    void severalConnections() throws Exception {
        try (RawServer server = RawServer.answering(200, 0);
                OpenLoad load = OpenLoad.start(spec(server.port(), 20, Duration.ofSeconds(5)), HOSTS)) {
            await().until(() -> load.samples().size() >= 24);

            assertThat(server.openConnections()).isBetween(8, 16);
        }
    }

    @Test
    @DisplayName("counts a request without an answer at the time-out, and closes its connection")
    void timeout() throws Exception {
        try (RawServer server = RawServer.silent();
                OpenLoad load = OpenLoad.start(spec(server.port(), 20, Duration.ofMillis(200)), HOSTS)) {
            await().until(() -> load.samples().size() >= 5);
            load.stop();

            assertThat(load.samples()).allSatisfy(sample -> {
                assertThat(sample.error()).isEqualTo("timeout");
                assertThat(sample.latencyNanos()).isEqualTo(200_000_000L);
                assertThat(sample.sent()).isTrue();
            });
            await().until(() -> server.openConnections() == 0);
        }
    }

    @Test
    @DisplayName("names an HTTP error by its status, at its own latency")
    void httpError() throws Exception {
        try (RawServer server = RawServer.answering(502, 0)) {
            List<Sample> samples = run(spec(server.port(), 50, Duration.ofSeconds(5)), 3);

            assertThat(samples).extracting(Sample::error).containsOnly("HTTP 502");
            assertThat(samples).allMatch(sample -> sample.latencyNanos() < 5_000_000_000L);
        }
    }

    @Test
    @DisplayName("looks into the body where the load expects something of it")
    void body() throws Exception {
        try (RawServer server = RawServer.answering(200, 0)) {
            LoadSpec any = spec(server.port(), 50, Duration.ofSeconds(5));

            assertThat(run(expecting(any, "ok"), 3)).noneMatch(Sample::failed);
            assertThat(run(expecting(any, "fine"), 3))
                    .extracting(Sample::error)
                    .containsOnly("HTTP 200 without \"fine\"");
        }
    }

    @Test
    @DisplayName("takes a redirect for a good answer, and does not follow it")
    void redirect() throws Exception {
        try (RawServer server = RawServer.answering(302, 0)) {
            assertThat(run(spec(server.port(), 50, Duration.ofSeconds(5)), 3)).noneMatch(Sample::failed);
        }
    }

    @Test
    @DisplayName("counts a refused connection as the service's failure, at the time-out")
    void refused() throws Exception {
        int port;
        try (RawServer server = RawServer.silent()) {
            port = server.port();
        }
        List<Sample> samples = run(spec(port, 50, Duration.ofSeconds(1)), 3);

        assertThat(samples).extracting(Sample::error).containsOnly("connection refused");
        assertThat(samples).allMatch(Sample::sent).allMatch(sample -> sample.latencyNanos() == 1_000_000_000L);
    }

    @Test
    @DisplayName("tells a reset from a connection that is closed without an answer")
    void resetOrClosed() throws Exception {
        try (RawServer resetting = new RawServer((server, socket) -> {
                    server.readRequest(socket);
                    socket.setSoLinger(true, 0);
                });
                RawServer closing = new RawServer(RawServer::readRequest)) {
            assertThat(run(spec(resetting.port(), 50, Duration.ofSeconds(5)), 3))
                    .extracting(Sample::error)
                    .containsOnly("connection reset");
            assertThat(run(spec(closing.port(), 50, Duration.ofSeconds(5)), 3))
                    .extracting(Sample::error)
                    .containsOnly("connection closed");
        }
    }

    @Test
    @DisplayName("counts what it could not send apart: a host that no one knows")
    void unknownHost() throws Exception {
        LoadSpec spec = spec(1, 50, Duration.ofSeconds(1));
        try (OpenLoad load = OpenLoad.start(spec, (host, port) -> Optional.of(List.of()))) {
            await().until(() -> load.samples().size() >= 3);

            assertThat(load.samples()).noneMatch(Sample::sent);
            assertThat(load.samples()).extracting(Sample::error).containsOnly("unknown host");
        }
    }

    @Test
    @DisplayName("counts what it could not send apart: too many in flight")
    void tooManyInFlight() throws Exception {
        try (RawServer server = RawServer.silent();
                HttpSender sender = new HttpSender(briefly(server), new Hosts(HOSTS), TraceIds.fresh(), 100)) {
            Samples samples = new Samples();
            Pacer pacer = new Pacer(briefly(server), sender, samples, 4, Turn.alone());
            pacer.start();
            await().until(() -> samples.byPlannedTime().size() >= 10);
            pacer.finish();
            pacer.join();

            assertThat(samples.byPlannedTime().subList(0, 4)).allMatch(Sample::sent);
            assertThat(samples.byPlannedTime().subList(4, 10))
                    .noneMatch(Sample::sent)
                    .extracting(Sample::error)
                    .containsOnly("too many in flight");
        }
    }

    @Test
    @DisplayName("counts what it could not send apart: what is more than a second late already")
    void tooLate() throws Exception {
        try (RawServer server = RawServer.answering(200, 0);
                HttpSender sender = new HttpSender(briefly(server), new Hosts(HOSTS), TraceIds.fresh(), 100)) {
            Samples samples = new Samples();
            Pacer pacer = new Pacer(briefly(server), sender, samples, 100, Turn.alone());
            Thread.sleep(1100); // its schedule has begun
            pacer.start();
            await().until(() -> samples.byPlannedTime().size() >= 10);
            pacer.finish();
            pacer.join();

            List<Sample> all = samples.byPlannedTime();
            assertThat(all.get(0).error()).isEqualTo("load generator late");
            assertThat(all.get(0).sent()).isFalse();
            assertThat(all.get(0).latencyNanos()).isEqualTo(1_000_000_000);
            assertThat(all.get(all.size() - 1).sent()).isTrue();
        }
    }

    @Test
    @DisplayName("waits for requests in flight when it stops, sends no more, and closes every connection at the end")
    void stopAndClose() throws Exception {
        try (RawServer server = RawServer.answering(200, 300)) {
            int received;
            try (OpenLoad load = OpenLoad.start(spec(server.port(), 50, Duration.ofSeconds(5)), HOSTS)) {
                await().until(() -> server.requests().size() >= 5);
                load.stop();
                received = server.requests().size();

                assertThat(load.samples()).hasSize(received).noneMatch(Sample::failed);
                assertThat(server.openConnections()).isPositive();
            }
            await().until(() -> server.openConnections() == 0);
            assertThat(server.requests()).hasSize(received);
        }
    }

    @Test
    @DisplayName("drops what is in flight when it is aborted: that leaves no sample, and no connection")
    void abort() throws Exception {
        try (RawServer server = RawServer.silent();
                OpenLoad load = OpenLoad.start(spec(server.port(), 50, Duration.ofMinutes(1)), HOSTS)) {
            await().until(() -> server.openConnections() >= 3);
            load.abort();
            load.stop();

            await().until(() -> server.openConnections() == 0);
            assertThat(load.samples()).noneMatch(Sample::sent); // others were late, on a busy machine
        }
    }

    @Test
    @DisplayName("counts the requests of a stretch of time that have ended")
    void ended() throws Exception {
        try (RawServer server = RawServer.answering(200, 0);
                OpenLoad load = OpenLoad.start(spec(server.port(), 50, Duration.ofSeconds(5)), HOSTS)) {
            await().until(() -> load.samples().size() >= 3);
            load.stop();

            List<Sample> samples = load.samples();
            assertThat(load.ended(samples.get(0).plannedNanos(), samples.get(2).plannedNanos()))
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("says how it has been doing lately")
    void live() throws Exception {
        try (RawServer server = RawServer.answering(503, 0);
                OpenLoad load = OpenLoad.start(spec(server.port(), 100, Duration.ofSeconds(5)), HOSTS)) {
            await().until(() -> load.live().count() >= 10);

            assertThat(load.live().errorRate()).isEqualTo(1);
            assertThat(load.live().p99Ms()).isPositive();
        }
    }

    private static LoadSpec expecting(LoadSpec any, String body) {
        Expected expected = new Expected(Expected.parse("200"), body);
        return new LoadSpec(any.url(), any.rate(), any.method(), any.headers(), any.body(), any.timeout(), expected);
    }

    private static LoadSpec spec(int port, double rate, Duration timeout) {
        URI url = URI.create("http://user-api:" + port + "/");
        return new LoadSpec(url, new Rate(rate), "GET", Map.of(), "", timeout);
    }

    private static LoadSpec briefly(RawServer server) {
        return spec(server.port(), 50, Duration.ofSeconds(1));
    }

    private static List<Sample> run(LoadSpec spec, int samples) {
        try (OpenLoad load = OpenLoad.start(spec, HOSTS)) {
            await().until(() -> load.samples().size() >= samples);
            load.stop();
            return load.samples();
        }
    }
}
