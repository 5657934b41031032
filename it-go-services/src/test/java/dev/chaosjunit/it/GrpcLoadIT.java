// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@Tag("both")
@DisplayName("A load of gRPC on services that are 200 ms away")
class GrpcLoadIT {

    @Test
    @DisplayName("sees them later by as much, whether the server or a file tells what its methods are")
    void later() throws IOException {
        Fixtures.succeeds(FarTestCase.class, Map.of(), 2);
        for (String test : new String[] {"payments", "orders"}) {
            Report report = Report.of("FarTestCase." + test);
            assertThat(report.of("fault", "p50Ms")).as(test).isBetween(200.0, 600.0);
            assertThat(report.of("baseline", "p50Ms")).as(test).isLessThan(200.0);
            assertThat(report.errors("fault")).as(test).isEmpty();
        }
    }

    @Test
    @DisplayName("is refused before a fault where there is no such method, or the server does not tell")
    void refused() {
        assertThat(Fixtures.onlyFailure(NoSuchMethodTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        "NoSuchMethodTestCase.test: @Load(url = \"grpc://order-service:9090/order.v1.Orders/GetOrders\"): there is no method"
                                + " GetOrders; nearest are [GetOrder]");
        assertThat(Fixtures.onlyFailure(NoReflectionTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith(
                        "NoReflectionTestCase.test: @Load(url = \"grpc://payment-service:9090/payment.v1.Payments/GetPayment\"): the"
                                + " server does not offer reflection");
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:shop.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Slo(p95 = "500ms", errorRate = "2%")
    static class FarTestCase {
        @Test
        @Load(
                url = "grpc://payment-service:9090/payment.v1.Payments/GetPayment",
                rate = "100/s",
                body = "{\"id\": \"demo\"}",
                expectBody = "\"id\":\"demo\"",
                descriptors = "file:api/shop.binpb")
        @NetworkDelay(selector = "app=payment-service", latency = "200ms", duration = "3s")
        void payments() {}

        @Test
        @Load(url = "grpc://order-service:9090/order.v1.Orders/GetOrder", rate = "100/s", body = "{\"id\": \"1\"}")
        @NetworkDelay(selector = "app=order-service", latency = "200ms", duration = "3s")
        void orders() {}
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:orders.yaml")
    @ShopImages
    @Load(url = "grpc://order-service:9090/order.v1.Orders/GetOrders", rate = "100/s")
    static class NoSuchMethodTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", latency = "200ms", duration = "3s")
        void test() {}
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:payments.yaml")
    @ShopImages
    @Load(url = "grpc://payment-service:9090/payment.v1.Payments/GetPayment", rate = "100/s")
    static class NoReflectionTestCase {
        @Test
        @NetworkDelay(selector = "app=payment-service", latency = "200ms", duration = "3s")
        void test() {}
    }
}
