// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@Tag("both")
@DisplayName("A panic in a function with a defer")
class DeferredPanicIT {

    @Test
    @DisplayName(
            "is seen by the caller's recover and runs none of its defers, be it one, ten, a loop of them or a recover")
    void handlers() throws IOException {
        Fixtures.succeeds(HandlersTestCase.class);
        Report report = Report.of("HandlersTestCase.handlers");
        assertThat(report.hits()).isEqualTo(400);
        assertThat(report.errors("fault")).containsEntry("HTTP 500", 400L);
    }

    @Test
    @DisplayName("is refused by the function's name, before anything runs, where it would end the program")
    void refused() {
        assertThat(Fixtures.onlyFailure(RefusedTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("panic in main.tables, 1s, on app=defers")
                .hasMessageContaining("image defers of Deployment/defers")
                .hasMessageContaining("function main.tables has a defer, and no place is found in it");
    }

    @Test
    @Tag("slow") // caddy takes minutes to build
    @DisplayName("of caddy's reverse proxy, 1,000 times, leaves it alive")
    void caddy() throws IOException {
        Fixtures.succeeds(CaddyTestCase.class);
        Report report = Report.of("CaddyTestCase.proxies");
        System.out.println(report.hits() + " panics hit: " + report.errors("fault"));
        assertThat(report.hits()).isEqualTo(1000);
        assertThat(report.errors("fault")).containsEntry("connection closed", 1000L);
    }

    @ChaosTest(manifests = "classpath:defers.yaml")
    @GoImage(name = "defers", main = "./src/test/go/defers")
    @Load(url = "http://defers/one", rate = "50/s")
    @Load(url = "http://defers/ten", rate = "50/s")
    @Load(url = "http://defers/loop", rate = "50/s")
    @Load(url = "http://defers/recovering", rate = "50/s")
    @Slo(errorRate = "2%")
    static class HandlersTestCase {
        @Test // the first calls pass, so that no request panics that was due before the fault began
        @GoPanic(selector = "app=defers", function = "main.one", after = 25, count = 100, duration = "4s")
        @GoPanic(selector = "app=defers", function = "main.ten", after = 25, count = 100, duration = "4s")
        @GoPanic(selector = "app=defers", function = "main.loop", after = 25, count = 100, duration = "4s")
        @GoPanic(selector = "app=defers", function = "main.recovering", after = 25, count = 100, duration = "4s")
        @Slo(phase = Phase.FAULT, errorRate = "90%")
        void handlers(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
            await().untilAsserted(() -> given().baseUri(run.service("defers").url()) // at a moment without requests
                    .get("/balance")
                    .then()
                    .body(equalTo("0")));
        }
    }

    @ChaosTest(manifests = "classpath:defers.yaml")
    @GoImage(name = "defers", main = "./src/test/go/defers")
    static class RefusedTestCase {
        @Test
        @GoPanic(selector = "app=defers", function = "main.tables", duration = "1s")
        void refused() {}
    }

    @ChaosTest(manifests = "classpath:caddy.yaml")
    @GoImage(name = "caddy", main = "github.com/caddyserver/caddy/v2/cmd/caddy@v2.10.2")
    @Load(url = "http://proxy/", rate = "100/s")
    @Slo(errorRate = "2%")
    static class CaddyTestCase {
        @Test
        @GoPanic(
                selector = "app=proxy",
                function = "reverseproxy.(*Handler).ServeHTTP",
                after = 50,
                count = 1000,
                duration = "13s")
        @Slo(phase = Phase.FAULT, errorRate = "90%")
        void proxies(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
        }
    }
}
