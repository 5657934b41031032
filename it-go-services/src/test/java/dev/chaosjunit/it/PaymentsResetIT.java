// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * gRPC sends all calls as streams of one HTTP/2 connection: whatever is in flight on it fails together. The first answer
 * that comes late is what resets it, so that by then there are some forty streams.
 */
@Tag("both")
@DisplayName("gateway, when its only connection to payment-service is reset,")
class PaymentsResetIT {
    private static final int IN_FLIGHT = 40; // 200/s for as long as an answer takes; more on a busy machine

    @Test
    @DisplayName("fails what is in flight, and not the next hundreds of requests")
    void streams() throws IOException {
        Fixtures.succeeds(StreamsTestCase.class);
        JsonNode windows = new ObjectMapper()
                .readTree(Files.readString(Fixtures.REPORT.resolve("StreamsTestCase.failsWhatIsInFlight.json")))
                .at("/loads/0/windows");
        long errors = 0;
        for (JsonNode window : windows) {
            errors += window.get("errors").asLong();
        }
        assertThat(errors).as(windows.toString()).isBetween(IN_FLIGHT / 2L, IN_FLIGHT * 4L);
    }

    @ChaosTest(manifests = "classpath:payments.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://gateway/v1/payments/demo", rate = "200/s")
    @Slo(errorRate = "2%")
    static class StreamsTestCase {
        @Test
        @NetworkDelay(selector = "app=payment-service", target = "app=gateway", latency = "200ms", duration = "3s")
        @ConnectionReset(
                selector = "app=gateway",
                target = "app=payment-service",
                direction = Direction.FROM,
                count = 1,
                duration = "3s")
        @Slo(phase = Phase.FAULT, errorRate = "30%")
        void failsWhatIsInFlight() {}
    }
}
