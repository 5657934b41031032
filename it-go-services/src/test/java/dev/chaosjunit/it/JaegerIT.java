// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosIdCarried;
import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Traces;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jaeger's module replaces another; it is built as any versioned package is, in some minutes the first time. */
@Tag("slow")
@ChaosTest(manifests = "classpath:traced/jaeger.yaml", readyWithin = "60s")
@GoImage(name = "jaeger", main = "github.com/jaegertracing/jaeger/cmd/all-in-one@v1.76.0")
@DisplayName("Jaeger, as chaos.otlp.endpoint,")
class JaegerIT {
    private static final String ID = "SeenByJaegerTestCase.seen";

    @Test
    @DisplayName("has the fault's id on spans of each service, and the experiment with its faults beside them")
    void told(ChaosRun run) throws IOException {
        Fixtures.succeeds(
                SeenByJaegerTestCase.class,
                Map.of(ChaosParameters.OTLP_ENDPOINT, run.service("jaeger").url("otlp")));

        Jaeger jaeger = new Jaeger(run.service("jaeger").url("query"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(jaeger.services())
                        .contains("gateway", "order-service", "user-api", "auth-service", "chaos-junit"));
        for (String service : jaeger.services()) {
            assertThat(jaeger.spans(service, ID + "/fault"))
                    .as(service)
                    .anyMatch(span ->
                            span.service().equals(service) && span.chaosId().equals(ID + "/fault"));
        }
        assertThat(jaeger.spans("chaos-junit", ID))
                .filteredOn(span -> span.service().equals("chaos-junit"))
                .extracting(Jaeger.Seen::name)
                .containsExactlyInAnyOrder("chaos.experiment", "chaos.window", "chaos.window", "chaos.window");
        assertThat(jaeger.spans("chaos-junit", ID + "/fault"))
                .flatExtracting(Jaeger.Seen::events)
                .containsExactly("chaos.fault.on NetworkDelay", "chaos.fault.off NetworkDelay");
        assertThat(Report.of(ID).notes()).contains("/v1/").contains(" answered with status 404");
    }

    @Tag("fixture")
    @ChaosTest(
            manifests = {
                "classpath:traced/users.yaml",
                "classpath:traced/order-service.yaml",
                "classpath:traced/gateway.yaml"
            },
            baseline = "1s",
            recovery = "1s")
    @ShopImages
    @Traces
    @Load(url = "http://gateway/v1/orders/1", rate = "20/s")
    static class SeenByJaegerTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", target = "app=user-api", latency = "20ms", duration = "2s")
        @ChaosIdCarried
        void seen() {}
    }
}
