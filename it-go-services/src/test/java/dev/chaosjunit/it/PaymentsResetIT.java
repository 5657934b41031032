// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** gRPC sends all calls as streams of one HTTP/2 connection: whatever is in flight on it fails together. */
@Tag("demo")
@Tag("both")
@DisplayName("gateway, when its only connection to payment-service is reset,")
@ChaosTest(manifests = "classpath:payments.yaml", baseline = "1s", recovery = "1s")
@ShopImages
@Load(url = "http://gateway/v1/payments/demo", rate = "200/s")
@Slo(p95 = "500ms", errorRate = "2%")
class PaymentsResetIT {

    @Test
    @DisplayName("fails what is in flight, and not the next hundred requests")
    @ConnectionReset(selector = "app=gateway", target = "app=payment-service", count = 1, duration = "2s")
    @Slo(phase = Phase.FAULT, errorRate = "2%")
    void failsWhatIsInFlight() {}
}
