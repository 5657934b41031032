// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The white paper's first chapter: user-api cannot resolve auth-service for five seconds. */
@Tag("slow")
@DisplayName("The paper's quick start")
class PaperQuickStartIT {

    @Test
    @DisplayName("is met by a service with a breaker, and finds those with a leak and without a breaker")
    void quickStart() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(QuickStartTestCase.class);

        assertThat(failures).containsOnlyKeys("leak", "noBreaker");
        assertThat(failures.values()).hasOnlyElementsOfType(AssertionFailedError.class);
        assertThat(failures.get("leak"))
                .hasMessageContaining("Goroutines of production/user-api-leak-")
                .hasMessageContaining("fragile.Habits.Called.func1")
                .message()
                .doesNotContain("In the fault window");
        assertThat(failures.get("noBreaker"))
                .hasMessageContaining("In the fault window, http://user-api-no-breaker.production/users/1: ")
                .hasMessageContaining("above the limit of 0.5%");
        System.out.println("| user-api | failed | p99 | `/debug/vars`, under load | by it | at rest | by our rule |\n"
                + "|---|---|---|---|---|---|---|\n"
                + row("breaker", "as it is")
                + row("leak", "leaks a goroutine a failed call")
                + row("noBreaker", "has no breaker"));
    }

    private static String row(String test, String name) throws IOException {
        Report report = Report.of("QuickStartTestCase." + test);
        String hit = report.hitPods().get(0);
        PublishedCounts.Verdict published = QuickStartTestCase.COUNTS.verdict(hit, report);
        Report.Rested rested = report.rested(hit);
        return String.format(
                Locale.ROOT,
                "| %s | %.1f %% | %.0f ms | %d → %d | %s | %d → %d | %s |%n",
                name,
                100 * report.of("fault", "errors") / report.of("fault", "count"),
                report.of("fault", "p99Ms"),
                published.baseline(),
                published.least(),
                published.isBack() ? "back" : "not back",
                rested.baseline(),
                rested.last(),
                rested.outcome().toLowerCase(Locale.ROOT));
    }

    @ChaosTest(manifests = "classpath:paper-quick-start.yaml", baseline = "10s", recovery = "30s")
    @ShopImages
    @Slo(p99 = "200ms", errorRate = "0.5%")
    @Slo(phase = Phase.FAULT, p99 = "200ms", errorRate = "0.5%")
    @GoroutineBaseline(within = "30s")
    static class QuickStartTestCase {
        private static final PublishedCounts COUNTS = new PublishedCounts();
        private static final String AUTH = "auth-service.default.svc.cluster.local";

        @Test
        @Load(url = "http://user-api.production/users/1", rate = "200/s")
        @DnsChaos(
                selector = "app=user-api",
                namespaces = "production",
                mode = Mode.ONE,
                patterns = AUTH,
                action = DnsAction.SPOOF,
                ip = "0.0.0.0",
                duration = "5s")
        void breaker(ChaosRun run) throws IOException {
            NodePod hit = NodePod.ofAny(run.targets().get(0));
            await().untilAsserted(() -> assertThat(hit.get("http://127.0.0.1:6060/metrics"))
                    .as("2 is open")
                    .contains("\nauth_breaker_state 2\n"));
            await().untilAsserted(() -> given().baseUri(
                            run.service("user-api.production").url())
                    .get("/users/1")
                    .then()
                    .statusCode(200)
                    .body("degraded", is(true)));
        }

        @Test
        @Load(url = "http://user-api-leak.production/users/1", rate = "200/s")
        @DnsChaos(
                selector = "app=user-api-leak",
                namespaces = "production",
                mode = Mode.ONE,
                patterns = AUTH,
                action = DnsAction.SPOOF,
                ip = "0.0.0.0",
                duration = "5s")
        void leak() {}

        @Test
        @Load(url = "http://user-api-no-breaker.production/users/1", rate = "200/s")
        @DnsChaos(
                selector = "app=user-api-no-breaker",
                namespaces = "production",
                mode = Mode.ONE,
                patterns = AUTH,
                action = DnsAction.SPOOF,
                ip = "0.0.0.0",
                duration = "5s")
        void noBreaker() {}

        @BeforeAll
        static void warmUp() throws IOException {
            WarmRestAssured.up();
        }

        @BeforeEach
        void count(ChaosRun run) throws IOException {
            COUNTS.start(run.pods());
        }

        @AfterEach
        void stop() throws InterruptedException {
            COUNTS.stop();
        }
    }
}
