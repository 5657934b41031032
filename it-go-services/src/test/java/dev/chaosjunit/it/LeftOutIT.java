// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("Services whose manifests hold what a test leaves out")
@ChaosTest(
        manifests = "classpath:left-out.yaml",
        ignore = {"nodeSelector", "containers.lifecycle", "NetworkPolicy"})
@ShopImages
class LeftOutIT {

    @Test
    @DisplayName("run without it, where it would keep them from running")
    void run(ChaosRun run) {
        given().baseUri(run.service("auth-service").url()).get("/readyz").then().statusCode(404);
    }
}
