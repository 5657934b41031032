// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.fault.DnsAction.SPOOF;
import static dev.chaosjunit.slo.Phase.FAULT;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("demo")
@Tag("both")
@ChaosTest(manifests = "classpath:user-api.yaml") // ordinary Kubernetes YAML
@GoImage(name = "user-api", main = "./cmd/user-api") // image in the YAML -> Go package to build
@GoImage(name = "auth-service", main = "./cmd/auth-service")
@Load(url = "http://user-api/users/1", rate = "200/s") // open model: sending never waits for answers
@Slo(p99 = "500ms", errorRate = "0.5%") // steady state: before the fault and after it
@GoroutineBaseline(within = "30s") // no goroutine may stay behind
class UserApiChaosIT {

    @Test
    @DnsChaos(
            selector = "app=user-api",
            patterns = "auth-service.default.svc.cluster.local",
            action = SPOOF,
            ip = "0.0.0.0",
            duration = "5s")
    @Slo(phase = FAULT, p99 = "1s", errorRate = "1%") // what may happen while the fault is on
    void breakerAnswersWhileAuthCannotBeResolved(ChaosRun run) {
        String userApi = run.service("user-api").url();
        given().baseUri(userApi).get("/users/1").then().statusCode(200).body("degraded", is(true));
    }
}
