// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.PodKill;
import dev.chaosjunit.Slo;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@Tag("slow")
@DisplayName("A pod that is killed every second for a minute")
class PodKillAgainIT {

    @Test
    @DisplayName("is killed as often as its back-off lets it run, and its callers and goroutines come back")
    void everySecond() throws IOException {
        Fixtures.succeeds(EverySecondTestCase.class);
        Report report = Report.of("EverySecondTestCase.run");
        assertThat(report.details())
                .singleElement()
                .asString()
                .matches("kills asked for 60, possible ([345]), ends seen \\1; restart count 0 → \\1; .*");
        assertThat(report.notes()).contains("Of 60 kills of a pod about 4 find it running");
        assertThat(report.goroutines("PASSED").keySet()).anyMatch(pod -> pod.startsWith("payment-service"));
    }

    @ChaosTest(manifests = "classpath:payments.yaml", baseline = "1s", recovery = "1s", recoverWithin = "2m")
    @ShopImages
    @Load(url = "http://gateway/v1/payments/demo", rate = "100/s")
    @Slo(errorRate = "5%")
    @GoroutineBaseline
    static class EverySecondTestCase {
        @Test
        @PodKill(selector = "app=payment-service", every = "1s", duration = "60s")
        void run() {}
    }
}
