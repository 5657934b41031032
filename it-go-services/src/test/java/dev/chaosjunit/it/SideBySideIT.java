// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.DnsAction;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

@Tag("both")
@Tag("nodes")
@DisplayName("Two chaos test classes that JUnit runs in parallel")
class SideBySideIT {
    private static final String AUTH = "auth-service.default.svc.cluster.local";
    private static final Set<String> NODES = ConcurrentHashMap.newKeySet();
    private static final CountDownLatch SPARED_IS_UP = new CountDownLatch(1);
    private static final CountDownLatch HIT_IS_HIT = new CountDownLatch(1);
    private static final CountDownLatch SPARED_IS_SPARED = new CountDownLatch(1);

    @Test
    @DisplayName("do not disturb each other: one is hit while the other, of the same names, is not")
    void parallel() {
        EngineExecutionResults results = Fixtures.complete(EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(HitTestCase.class), selectClass(SparedTestCase.class))
                .configurationParameters(Fixtures.runtime())
                .configurationParameter("chaos.report", "../target/chaos-report/fixtures")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .execute());
        assertThat(Fixtures.failures(results)).isEmpty();
        results.testEvents().assertStatistics(tests -> tests.succeeded(2));
        assertThat(NODES).hasSize("k3s".equals(System.getProperty("chaos.runtime")) ? 2 : 1);
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class HitTestCase {
        @BeforeEach
        void awaitOther() throws InterruptedException {
            assertThat(SPARED_IS_UP.await(1, TimeUnit.MINUTES)).isTrue();
        }

        @Test
        @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.SERVFAIL, duration = "5s")
        void hit(ChaosRun run) throws IOException, InterruptedException {
            NODES.add(node(run.pods().get(0)));
            assertDegraded(run, true);
            HIT_IS_HIT.countDown();
            assertThat(SPARED_IS_SPARED.await(4, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class SparedTestCase {
        @Test
        void spared(ChaosRun run) throws IOException, InterruptedException {
            NODES.add(node(run.pods().get(0)));
            assertDegraded(run, false); // also warms rest-assured up before the other's fault is on
            SPARED_IS_UP.countDown();
            assertThat(HIT_IS_HIT.await(1, TimeUnit.MINUTES)).isTrue();
            assertDegraded(run, false);
            SPARED_IS_SPARED.countDown();
        }
    }

    /** Clusters side by side have nodes of the same names. */
    private static String node(Instance pod) throws IOException {
        return pod.handle() instanceof Handle.Container
                ? Node.of(pod).container()
                : pod.handle().node();
    }

    private static void assertDegraded(ChaosRun run, boolean degraded) {
        given().baseUri(run.service("user-api").url())
                .get("/users/1")
                .then()
                .statusCode(200)
                .body("degraded", is(degraded));
    }
}
