// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.ResetTime;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("Connections of a caller to its backend")
@ChaosTest(manifests = "classpath:kept.yaml", baseline = "500ms", recovery = "500ms")
@GoImage(name = "forward", main = "./src/test/go/forward")
class ConnectionResetIT {

    @Test
    @DisplayName("are reset as long as the fault lasts, new ones too; another caller's are not")
    @ConnectionReset(selector = "app=kept", target = "app=backend", duration = "2s")
    void reset(ChaosRun run) throws InterruptedException {
        given().baseUri(run.service("kept").url())
                .get("/")
                .then()
                .statusCode(502)
                .body(containsString("connection reset by peer"));
        given().baseUri(run.service("fresh").url()).get("/").then().statusCode(200);
        run.awaitRevert();
        given().baseUri(run.service("kept").url()).get("/").then().statusCode(200);
    }

    @Test
    @DisplayName("are reset once where so many are asked for: the caller makes another one")
    @Load(url = "http://kept/", rate = "100/s")
    @ConnectionReset(selector = "app=kept", target = "app=backend", count = 1, duration = "1s")
    @Slo(phase = Phase.FAULT, errorRate = "3%")
    void once() {}

    @Test
    @DisplayName("are closed at once, idle ones too, and no later ones")
    @Load(url = "http://kept/", rate = "100/s")
    @ConnectionReset(selector = "app=kept", target = "app=backend", when = ResetTime.AT_ONCE, duration = "1s")
    @Slo(phase = Phase.FAULT, errorRate = "3%")
    void atOnce() {}
}
