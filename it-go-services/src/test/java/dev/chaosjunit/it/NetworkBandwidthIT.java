// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkBandwidth;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@Tag("slow-on-k3s") // two nodes and a link that is nearly full are too much for two processors
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("Behind a slow link, order-service")
class NetworkBandwidthIT {

    @Test
    @DisplayName("answers in time where the link takes what it answers, and is fast again after it")
    void takesIt() {
        Fixtures.succeeds(WideTestCase.class);
    }

    @Test
    @DisplayName("is found too late where it does not")
    void tooNarrow() {
        assertThat(Fixtures.onlyFailure(NarrowTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED");
    }

    @ChaosTest(manifests = "classpath:orders.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://gateway/v1/orders/1", rate = "100/s")
    @Slo(p95 = "1s", errorRate = "5%")
    static class WideTestCase {
        @Test
        @DisplayName("while its link takes 2 Mbit/s")
        @NetworkBandwidth(selector = "app=order-service", target = "app=gateway", rate = "2mbit", duration = "4s")
        @Slo(phase = Phase.FAULT, p95 = "500ms", errorRate = "2%")
        void linkOfTwoMegabits() {}
    }

    @ChaosTest(manifests = "classpath:orders.yaml", baseline = "2s", recovery = "4s")
    @ShopImages
    @Load(url = "http://gateway/v1/orders/1", rate = "100/s")
    @Slo(p95 = "1s", errorRate = "5%")
    static class NarrowTestCase {
        @Test
        @DisplayName("while its link takes 20 kbit/s")
        @NetworkBandwidth(selector = "app=order-service", target = "app=gateway", rate = "20kbit", duration = "4s")
        @Slo(phase = Phase.FAULT, p95 = "500ms", errorRate = "2%")
        void linkOfTwentyKilobits() {}
    }
}
