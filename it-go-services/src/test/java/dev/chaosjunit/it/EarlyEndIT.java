// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.AbortWhen;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayName("A fault is ended before its time, and limits may be relative to the baseline")
class EarlyEndIT {

    @Test
    @DisplayName("once it is proved that a limit is broken, or that all are met")
    void ended() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(EarlyTestCase.class);

        assertThat(failures).containsOnlyKeys("aborted", "slowerThanBefore");
        assertThat(failures.get("aborted"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(
                        "of 20s, as it was proved that for http://user-api/users/1 p50 is above the limit of"
                                + " 200ms: ")
                .hasMessageNotContaining("In the recovery window");
        // each request is 300 ms late, of which 200 ms are over when it counts
        assertThat(faultMillis("aborted")).isBetween(200.0, 2_000.0);
        assertThat(Report.of("EarlyTestCase.aborted").notes()).contains("Steady ");

        assertThat(faultMillis("provedEarly")).isBetween(200.0, 10_000.0);
        assertThat(Report.of("EarlyTestCase.provedEarly").notes())
                .contains("of 20s, as every limit of the FAULT phase was proved to be met by then.");

        assertThat(failures.get("slowerThanBefore"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("in the baseline ")
                .hasMessageContaining("above the limit of baseline + 10ms");
    }

    private static double faultMillis(String test) throws IOException {
        JsonNode fault = StreamSupport.stream(
                        Report.of("EarlyTestCase." + test).json().get("windows").spliterator(), false)
                .filter(window -> window.get("name").asText().equals("fault"))
                .findFirst()
                .orElseThrow();
        return fault.get("endMs").asDouble() - fault.get("startMs").asDouble();
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(p50 = "200ms")
    static class EarlyTestCase {

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "300ms", duration = "20s")
        @AbortWhen(p50 = "200ms", errorRate = "50%")
        void aborted() {}

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "20ms", duration = "20s")
        @Slo(phase = Phase.FAULT, p95 = "500ms", earlyPass = true)
        void provedEarly() {}

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "50ms", duration = "3s")
        @Slo(phase = Phase.FAULT, p50 = "baseline + 10ms")
        void slowerThanBefore() {}
    }
}
