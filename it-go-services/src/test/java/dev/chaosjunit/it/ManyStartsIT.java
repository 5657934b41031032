// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.NetworkDelay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each start makes a node, a pod and an agent, while the other class does so too. */
@DisplayName("Starts of two classes side by side")
class ManyStartsIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    @DisplayName("skip nothing and fail nothing, 3 times")
    void few() {
        start(3);
    }

    @Test
    @Tag("slow")
    @DisplayName("skip nothing and fail nothing, 200 times")
    void many() {
        start(200);
    }

    private static void start(int times) {
        for (int i = 1; i <= times; i++) {
            EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(OneTestCase.class), selectClass(OtherTestCase.class))
                    .configurationParameters(Fixtures.runtime())
                    .configurationParameter("chaos.report", Fixtures.REPORT.toString())
                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                    .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                    .execute();
            assertThat(Fixtures.failures(results)).as("start %d", i).isEmpty();
            assertThat(results.allEvents().skipped().count())
                    .as("skipped at start %d", i)
                    .isZero();
            assertThat(results.testEvents().succeeded().count())
                    .as("start %d", i)
                    .isEqualTo(2);
        }
    }

    @ChaosTest(manifests = "classpath:auth-service.yaml")
    @ShopImages
    static class OneTestCase {
        @Test
        @NetworkDelay(selector = "app=auth-service", latency = "1ms", duration = "1500ms")
        void hit(ChaosRun run) throws IOException, InterruptedException {
            ask(run);
        }
    }

    @ChaosTest(manifests = "classpath:auth-service.yaml")
    @ShopImages
    static class OtherTestCase {
        @Test
        @NetworkDelay(selector = "app=auth-service", latency = "1ms", duration = "1500ms")
        void hit(ChaosRun run) throws IOException, InterruptedException {
            ask(run);
        }
    }

    private static void ask(ChaosRun run) throws IOException, InterruptedException {
        URI service = URI.create(run.service("auth-service").url());
        var unused = CLIENT.send(HttpRequest.newBuilder(service).build(), BodyHandlers.discarding());
    }
}
