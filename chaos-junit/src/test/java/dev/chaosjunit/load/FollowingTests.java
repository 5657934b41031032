// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

@DisplayName("Requests that can be followed")
class FollowingTests {
    private static final Routes HOSTS =
            (host, port) -> Optional.of(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    private static final ChaosMark MARK = ChaosMark.of("ShopTest.slow", "fault", List.of("NetworkDelay", "DnsChaos"));

    @Test
    @DisplayName("carry the mark while there is one, in headers and as baggage, and not before or after")
    void marked() throws Exception {
        try (RawServer server = RawServer.answering(200, 0);
                OpenLoad load = OpenLoad.start(spec(server.port(), Map.of()), HOSTS)) {
            awaitMore(server);
            assertThat(server.requests()).noneMatch(FollowingTests::isMarked);

            load.mark(Optional.of(MARK));
            await().until(() -> server.requests().stream().anyMatch(FollowingTests::isMarked));
            assertThat(last(server))
                    .contains("X-Chaos-ID: ShopTest.slow/fault\n")
                    .contains("X-Chaos-Type: DnsChaos+NetworkDelay\n")
                    .contains("baggage: chaos.id=ShopTest.slow/fault,chaos.type=DnsChaos%2BNetworkDelay\n")
                    .doesNotContain("traceparent");

            load.mark(Optional.empty());
            await().until(() -> !isMarked(last(server)));
        }
    }

    @Test
    @DisplayName("begin a trace each, which is found by the request")
    void traced() throws Exception {
        try (RawServer server = RawServer.answering(200, 0);
                OpenLoad load = OpenLoad.start(spec(server.port(), Map.of()).traced(), HOSTS)) {
            awaitMore(server);
            await().until(() -> load.samples().size() >= 5);

            List<TracedRequest> traced = load.traced(Long.MIN_VALUE / 2, Long.MAX_VALUE);
            assertThat(traced).extracting(TracedRequest::traceId).doesNotHaveDuplicates();
            for (int i = 0; i < 5; i++) {
                String id = traced.get(i).traceId();
                assertThat(id).matches("[0-9a-f]{32}");
                assertThat(server.requests()).anyMatch(request -> request.contains("traceparent: 00-" + id + "-"));
                assertThat(traced.get(i).sample()).isEqualTo(load.samples().get(i));
            }
        }
    }

    @Test
    @DisplayName("keep headers that the load has itself, in whatever case")
    void ownHeaders() throws Exception {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        LoadSpec spec =
                spec(0, Map.of("Traceparent", parent, "x-chaos-id", "mine")).traced();
        assertThat(spec.following()).isEqualTo(Following.MARKED);
        try (RawServer server = RawServer.answering(200, 0);
                OpenLoad load =
                        OpenLoad.start(spec(server.port(), spec.headers()).traced(), HOSTS)) {
            load.mark(Optional.of(MARK));
            await().until(() -> server.requests().stream().anyMatch(request -> request.contains("X-Chaos-Type")));
            assertThat(last(server))
                    .contains("x-chaos-id: mine")
                    .doesNotContain("X-Chaos-ID:")
                    .contains(parent);
            assertThat(load.traced(0, Long.MAX_VALUE)).isEmpty();
        }
    }

    @Test
    @DisplayName("are as they were where a load is not to be followed")
    void notFollowed() throws Exception {
        try (RawServer server = RawServer.answering(200, 0)) {
            LoadSpec marked = spec(server.port(), Map.of());
            LoadSpec spec = new LoadSpec(
                    marked.url(),
                    marked.rate(),
                    "GET",
                    Map.of(),
                    "",
                    marked.timeout(),
                    Expected.NO_ERROR,
                    Following.NOT,
                    Optional.empty());
            try (OpenLoad load = OpenLoad.start(spec.traced(), HOSTS)) {
                load.mark(Optional.of(MARK));
                awaitMore(server);
                awaitMore(server);
                assertThat(server.requests())
                        .noneMatch(request -> request.contains("haos") || request.contains("trace"));
            }
        }
    }

    @Test
    @DisplayName("have an id that any service takes, whatever the test is called")
    void legal() {
        ChaosMark mark = ChaosMark.of("Tests.wenn es \"hakt\"" + "x".repeat(200), "fault", List.of("PodKill"));
        assertThat(mark.id()).hasSize(106).endsWith("xx/fault");
        assertThat(ChaosMark.of("Tests.wenn es", "fault", List.of("PodKill")).id())
                .isEqualTo("Tests.wenn_es/fault");
        assertThatThrownBy(() -> new ChaosMark("two words", "PodKill")).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean isMarked(String request) {
        return request.contains("X-Chaos-ID: ") && request.contains("chaos.id=");
    }

    private static String last(RawServer server) {
        return server.requests().get(server.requests().size() - 1);
    }

    private static void awaitMore(RawServer server) {
        int before = server.requests().size();
        await().until(() -> server.requests().size() >= before + 5);
    }

    private static LoadSpec spec(int port, Map<String, String> headers) {
        URI url = URI.create("http://user-api:" + port + "/users/1");
        return new LoadSpec(url, new Rate(100), "GET", headers, "", Duration.ofSeconds(2));
    }
}
