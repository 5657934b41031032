// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@DisplayName("A replica that a fault spares")
class ControlGroupIT {

    @Test
    @DisplayName("is what the other one is held against, at the same time")
    void compared() {
        Fixtures.succeeds(NearTestCase.class, Map.of(), 1);
        assertThat(Fixtures.onlyFailure(FarTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageMatching(
                        "(?s).*p50 of [0-9]+ requests was [0-9.]+ms, in the control [0-9.]+[mµ]s: \\+[0-9.]+ms"
                                + " \\(at least .*above the limit of control \\+ 50ms, which is .*");
    }

    @Test
    @DisplayName("must be there: else the limit is refused before the fault")
    void refused() {
        assertThat(Fixtures.onlyFailure(NobodySparedTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(
                        "@Slo(p50 = \"control + 50ms\"): no pod behind http://order-service/orders/1 is spared"
                                + " by the fault, which has [order-service-");
        assertThat(Fixtures.onlyFailure(ThroughGatewayTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("do not answer http://gateway/v1/orders/1 themselves, but [gateway-");
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:orders.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://order-service/orders/1", rate = "100/s")
    static class NearTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", mode = Mode.ONE, latency = "100ms", duration = "4s")
        @Slo(phase = Phase.FAULT, p50 = "control + 600ms", errorRate = "control + 10%")
        void test() {}
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:orders.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://order-service/orders/1", rate = "100/s")
    static class FarTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", mode = Mode.ONE, latency = "100ms", duration = "4s")
        @Slo(phase = Phase.FAULT, p50 = "control + 50ms")
        void test() {}
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:orders.yaml")
    @ShopImages
    @Load(url = "http://order-service/orders/1", rate = "100/s")
    static class NobodySparedTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", mode = Mode.ALL, latency = "100ms", duration = "4s")
        @Slo(phase = Phase.FAULT, p50 = "control + 50ms")
        void test() {}
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:orders.yaml")
    @ShopImages
    @Load(url = "http://gateway/v1/orders/1", rate = "100/s")
    static class ThroughGatewayTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", mode = Mode.ONE, latency = "100ms", duration = "4s")
        @Slo(phase = Phase.FAULT, p50 = "control + 50ms")
        void test() {}
    }
}
