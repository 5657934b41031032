// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("demo")
@Tag("both")
@DisplayName("user-api, while it cannot resolve auth-service")
@ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
@ShopImages
@Load(url = "http://user-api/users/1", rate = "200/s")
@Slo(p99 = "500ms", errorRate = "1%")
@GoroutineBaseline(within = "30s")
class UserApiDnsIT {
    private static final String AUTH = "auth-service.default.svc.cluster.local";

    @Test
    @DisplayName("answers from its cache while the name does not exist")
    @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.NXDOMAIN, duration = "5s")
    @Slo(phase = Phase.FAULT, p99 = "1s", errorRate = "1%")
    void nonexistent(ChaosRun run) throws InterruptedException {
        assertDegraded(run, true);
        run.awaitRevert();
        assertRecovered(run);
    }

    @Test
    @DisplayName("answers from its cache while queries are not answered at all")
    @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.DROP, duration = "5s")
    @Slo(phase = Phase.FAULT, p99 = "1s", errorRate = "1%")
    void unanswered(ChaosRun run) throws InterruptedException {
        assertDegraded(run, true);
        run.awaitRevert();
        assertRecovered(run);
    }

    /** Its call may take 250 ms, the look-up in it included. */
    @Test
    @Tag("slow")
    @DisplayName("answers from its cache while answers come later than it waits")
    @DnsChaos(
            selector = "app=user-api",
            patterns = "auth-*",
            action = DnsAction.DELAY,
            latency = "400ms",
            jitter = "50ms",
            duration = "3s")
    @Slo(phase = Phase.FAULT, p99 = "1s", errorRate = "1%")
    void late(ChaosRun run) throws InterruptedException {
        assertDegraded(run, true);
        run.awaitRevert();
        assertRecovered(run);
    }

    @BeforeAll
    static void warmUp() throws IOException {
        WarmRestAssured.up();
    }

    /** The breaker lets a trial call through before long, and closes again. */
    private static void assertRecovered(ChaosRun run) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertDegraded(run, false));
    }

    private static void assertDegraded(ChaosRun run, boolean degraded) {
        given().baseUri(run.service("user-api").url())
                .get("/users/1")
                .then()
                .statusCode(200)
                .body("degraded", is(degraded));
    }
}
