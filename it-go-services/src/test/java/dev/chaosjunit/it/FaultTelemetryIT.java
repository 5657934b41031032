// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Traces;
import dev.chaosjunit.observe.trace.OtlpReceiver;
import dev.chaosjunit.observe.trace.Span;
import dev.chaosjunit.observe.trace.SpanStore;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("A collector beside the test")
class FaultTelemetryIT {
    private static final String ID = "DelayedTestCase.delayed";

    @Test
    @DisplayName("is told of the experiment, and of the spans of its services, which carry the same id")
    void told() throws IOException {
        SpanStore store = new SpanStore();
        try (OtlpReceiver collector = OtlpReceiver.open(InetAddress.getLoopbackAddress(), store)) {
            Fixtures.succeeds(
                    DelayedTestCase.class,
                    Map.of(ChaosParameters.OTLP_ENDPOINT, "http://127.0.0.1:" + collector.httpPort()));
        }
        List<Span> spans = store.snapshot().startedIn(0, Long.MAX_VALUE);
        assertThat(spans.stream().filter(span -> span.service().equals("chaos-junit")))
                .extracting(Span::name)
                .containsExactlyInAnyOrder("chaos.experiment", "chaos.window", "chaos.window", "chaos.window");
        assertThat(spans.stream().filter(span -> span.attribute(Span.CHAOS_ID).equals(ID + "/fault")))
                .extracting(Span::service)
                .contains("chaos-junit", "user-api", "auth-service");
        assertThat(store.received().logs()).isPositive();
        assertThat(store.received().metrics()).isPositive();
        assertThat(Report.of(ID).notes()).doesNotContain("Not all telemetry came");
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:traced/users.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Traces
    @Load(url = "http://user-api/users/1", rate = "50/s")
    static class DelayedTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "10ms", duration = "2s")
        void delayed() {}
    }
}
