// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("demo")
@Tag("both")
@DisplayName("gateway, while payment-service is 300 ms away")
@ChaosTest(manifests = "classpath:payments.yaml", baseline = "2s", recovery = "2s", recoverWithin = "0s")
@ShopImages
@Load(url = "http://gateway/v1/payments/demo", rate = "100/s")
@Slo(p95 = "500ms", errorRate = "2%")
@GoroutineBaseline(within = "30s")
class PaymentsDelayIT {

    @Test
    @DisplayName("answers later by as much, and recovers at once")
    @NetworkDelay(selector = "app=gateway", target = "app=payment-service", latency = "300ms", duration = "5s")
    @Slo(phase = Phase.FAULT, p50 = "350ms", p99 = "1s", errorRate = "1%")
    void slowerByTheDelay(ChaosRun run) throws InterruptedException {
        given().baseUri(run.service("gateway").url())
                .get("/v1/payments/demo")
                .then()
                .statusCode(200)
                .time(greaterThan(300L));
        run.awaitRevert();
        given().baseUri(run.service("gateway").url())
                .get("/v1/payments/demo")
                .then()
                .statusCode(200)
                .time(lessThan(300L));
    }
}
