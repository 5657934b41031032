// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.NetworkCorrupt;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkDuplicate;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.NetworkPartition;
import dev.chaosjunit.NetworkReorder;
import dev.chaosjunit.fault.CorruptAction;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.PartitionAction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("A fault on packets, as callers of user-api see it, hits, spares the others, and is gone: ")
@ChaosTest(manifests = "classpath:user-api.yaml")
@ShopImages
class PacketFaultsIT {
    private static final String WHOLE = "200 {\"degraded\":false,\"id\":\"1\",\"name\":\"Ada Lovelace\"}";

    @Test
    @DisplayName("a partition from auth-service makes answers degraded, and auth-service still answers others")
    @NetworkPartition(selector = "app=user-api", target = "app=auth-service", duration = "1500ms")
    void partition(ChaosRun run) throws InterruptedException {
        assertIsCutOff(run);
    }

    @Test
    @DisplayName("a partition that refuses does so at once")
    @NetworkPartition(
            selector = "app=user-api",
            target = "app=auth-service",
            action = PartitionAction.REFUSE,
            duration = "1500ms")
    void refused(ChaosRun run) throws InterruptedException {
        assertIsCutOff(run);
    }

    @Test
    @DisplayName("packets that come twice, there and back, are borne")
    @NetworkDuplicate(selector = "app=user-api", direction = Direction.BOTH, duplicate = "50%", duration = "1500ms")
    void duplicates(ChaosRun run) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            assertThat(read(run)).startsWith("200 ");
        }
    }

    @Test
    @DisplayName("damage that a checksum catches is borne")
    @NetworkCorrupt(
            selector = "app=user-api",
            target = "app=auth-service",
            corrupt = "20%",
            action = CorruptAction.DETECTED,
            duration = "1500ms")
    void detected(ChaosRun run) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            assertThat(read(run)).startsWith("200 ");
        }
    }

    @Test
    @DisplayName("damage that no checksum catches is read, and only while it is on")
    @NetworkCorrupt(selector = "app=user-api", corrupt = "100%", action = CorruptAction.DELIVERED, duration = "1500ms")
    void delivered(ChaosRun run) throws InterruptedException {
        String damaged = read(run, Duration.ofMillis(300));
        for (int i = 0; i < 20 && damaged.equals(WHOLE); i++) {
            damaged = read(run, Duration.ofMillis(300));
        }
        run.awaitRevert();
        assertThat(damaged).isNotEqualTo(WHOLE);
        awaitWhole(run);
    }

    @Test
    @DisplayName("packets that overtake others are borne, and who waits for one that is held waits for the latency")
    @NetworkReorder(selector = "app=user-api", reorder = "50%", latency = "60ms", duration = "1500ms")
    void reordered(ChaosRun run) throws InterruptedException {
        long from = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertThat(read(run)).startsWith("200 ");
        }
        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(60_000_000);
    }

    @Test
    @DisplayName("a loss and a delay of the same packets both act")
    @NetworkLoss(selector = "app=user-api", loss = "40%", duration = "1500ms")
    @NetworkDelay(selector = "app=user-api", latency = "50ms", duration = "1500ms")
    void together(ChaosRun run) throws InterruptedException {
        long from = System.nanoTime();
        read(run);
        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(50_000_000);
        read(run); // so that many packets are sent: a loss of none of them would be inconclusive
        read(run);
    }

    private static void assertIsCutOff(ChaosRun run) throws InterruptedException {
        assertThat(read(run)).startsWith("200 ").contains("\"degraded\":true");
        assertThat(read(run.service("auth-service").url() + "/token", Duration.ofSeconds(10)))
                .startsWith("200 ");
        run.awaitRevert();
        awaitWhole(run);
    }

    /** The breaker lets a call through after a second. */
    private static void awaitWhole(ChaosRun run) {
        await().atMost(Duration.ofSeconds(10)).until(() -> read(run), WHOLE::equals);
    }

    private static String read(ChaosRun run) throws InterruptedException {
        return read(run, Duration.ofSeconds(10));
    }

    private static String read(ChaosRun run, Duration atMost) throws InterruptedException {
        return read(run.service("user-api").url() + "/users/1", atMost);
    }

    /** Status and body, or why there are none. */
    private static String read(String url, Duration atMost) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(atMost).build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException | IllegalArgumentException e) { // the latter where a damaged status is no number
            return e.toString();
        }
    }
}
