// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@Tag("slow") // both take a minute to build
@DisplayName("Services with files and names from their manifests")
class ConfiguredServicesIT {

    @Test
    @DisplayName("run: caddy with its Caddyfile in a ConfigMap")
    void caddy() {
        Fixtures.succeeds(CaddyTestCase.class);
    }

    @Test
    @DisplayName("run: NATS, a StatefulSet whose members meet under a headless Service")
    void nats() {
        Fixtures.succeeds(NatsTestCase.class);
    }

    @ChaosTest(manifests = "classpath:caddyfile.yaml", baseline = "2s", recovery = "2s")
    @GoImage(name = "caddy", main = "github.com/caddyserver/caddy/v2/cmd/caddy@v2.10.2")
    @Load(url = "http://caddy/", rate = "50/s", expectBody = "served by caddy-")
    @Slo(p95 = "1s", errorRate = "5%")
    static class CaddyTestCase {
        @Test
        @NetworkDelay(selector = "app=caddy", latency = "50ms", duration = "2s")
        void configured(ChaosRun run) {
            given().baseUri(run.service("caddy").url()).get("/").then().body(startsWith("served by caddy-"));
        }
    }

    @ChaosTest(manifests = "classpath:nats.yaml", readyWithin = "60s", baseline = "2s", recovery = "2s")
    @GoImage(name = "nats", main = "github.com/nats-io/nats-server/v2@v2.14.5")
    @Load(url = "http://nats:8222/healthz", rate = "50/s")
    @Slo(p95 = "1s", errorRate = "5%")
    static class NatsTestCase {
        @Test
        @NetworkDelay(selector = "app=nats", latency = "50ms", duration = "2s")
        void meet(ChaosRun run) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> given().baseUri(run.service("nats").url("monitor"))
                            .get("/jsz")
                            .then()
                            .body("meta_cluster.cluster_size", equalTo(3)));
        }
    }
}
