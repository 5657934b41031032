// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.quantity.Rate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A load that goes to replicas in turn")
class ReplicaLoadTests {
    private static final LoadSpec SPEC =
            new LoadSpec(URI.create("http://shop/"), new Rate(100), "GET", Map.of(), "", Duration.ofSeconds(2));

    @Test
    @DisplayName("sends them the same number of requests at the rate of all together, and knows whose is which")
    void inTurn() throws Exception {
        try (RawServer good = RawServer.answering(200, 0);
                RawServer bad = RawServer.answering(500, 0);
                ReplicaLoad load = ReplicaLoad.start(SPEC, routes(good, bad))) {
            await().until(() -> load.samples().size() >= 20);
            load.stop();

            List<Sample> all = load.samples();
            assertThat(all).isSortedAccordingTo((a, b) -> Long.compare(a.plannedNanos(), b.plannedNanos()));
            for (int i = 1; i < 20; i++) {
                assertThat(all.get(i).plannedNanos() - all.get(i - 1).plannedNanos())
                        .as("apart, in nanoseconds")
                        .isBetween(9_999_000L, 10_001_000L);
                assertThat(all.get(i).failed()).isNotEqualTo(all.get(i - 1).failed());
            }
            assertThat(load.replicas().keySet()).containsExactly("good", "bad");
            assertThat(load.replicas().values())
                    .extracting(replica -> replica.samples().stream().allMatch(Sample::failed))
                    .containsExactly(false, true);
            assertThat(load.replicas().values())
                    .extracting(replica -> replica.samples().stream().anyMatch(Sample::failed))
                    .containsExactly(false, true);
            assertThat(load.ended(Long.MIN_VALUE / 2, Long.MAX_VALUE)).isEqualTo(all.size());
            assertThat(good.requests()).isNotEmpty().allMatch(request -> request.contains("Host: shop\n"));
        }
    }

    private static Map<String, Routes> routes(RawServer good, RawServer bad) {
        Map<String, Routes> routes = new LinkedHashMap<>();
        routes.put("good", to(good));
        routes.put("bad", to(bad));
        return routes;
    }

    private static Routes to(RawServer server) {
        return (host, port) ->
                Optional.of(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
    }
}
