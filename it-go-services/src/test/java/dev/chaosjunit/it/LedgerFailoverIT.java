// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The white paper's 4.3: a lifetime is what moves kept connections to another instance behind a Service. */
@DisplayName("One of two proxies before a database leaves its Service")
class LedgerFailoverIT {

    @Test
    @Tag("both")
    @Tag("slow")
    @DisplayName("connections with a lifetime move to the other one, and a service that keeps them for ever is found")
    void moves() {
        Map<String, Throwable> failures = Fixtures.failures(TestCase.class);

        assertThat(failures).containsOnlyKeys("stays");
        assertThat(failures.get("stays")).hasMessageContaining("connections that ledger-stays keeps through proxy-");
    }

    @ChaosTest(
            manifests = {"classpath:ledger-db.yaml", "classpath:ledger-proxies.yaml"},
            baseline = "2s",
            recovery = "2s",
            recoverWithin = "15s")
    @GoImage(name = "ledger-service", main = "./cmd/ledger-service")
    @GoImage(name = "toxiproxy", main = "github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0")
    @Ledgers.Database
    @Slo(p95 = "500ms", errorRate = "5%")
    static class TestCase {
        private static final String READY =
                "{\"name\": \"ready\", \"listen\": \"127.0.0.1:1\", \"upstream\": \"127.0.0.1:2\", \"enabled\": false}";

        @Test
        @Load(url = "http://ledger-moves/accounts/a", rate = "30/s", timeout = "5s")
        @NetworkDelay(selector = "app=db-proxy", latency = "5ms", duration = "12s")
        void moves(ChaosRun run) throws IOException, InterruptedException {
            leavesNothingBehind(new Ledger(run, "ledger-moves"));
        }

        @Test
        @Load(url = "http://ledger-stays/accounts/a", rate = "30/s", timeout = "5s")
        @NetworkDelay(selector = "app=db-proxy", latency = "5ms", duration = "12s")
        void stays(ChaosRun run) throws IOException, InterruptedException {
            leavesNothingBehind(new Ledger(run, "ledger-stays"));
        }

        /** A proxy that it uses is taken out of its Service, as who drains it does; what it holds, it goes on serving. */
        private static void leavesNothingBehind(Ledger ledger) throws IOException, InterruptedException {
            Instance proxy = ledger.proxy();
            String api = ledger.run().service(proxy.workload()).url();
            given().baseUri(api).delete("/proxies/ready").then().statusCode(204);
            try {
                await().atMost(Duration.ofSeconds(8))
                        .untilAsserted(() -> assertThat(ledger.connectionsThrough(proxy))
                                .as(
                                        "connections that %s keeps through %s, which is no part of its Service any more",
                                        ledger.name(), proxy.name())
                                .isZero());
            } finally {
                given().baseUri(api).body(READY).post("/proxies").then().statusCode(201);
            }
        }
    }
}
