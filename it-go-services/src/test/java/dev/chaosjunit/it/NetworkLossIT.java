// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("While most of what one replica of order-service answers is lost, gateway")
class NetworkLossIT {

    @Test
    @DisplayName("gives up after its time-out and asks the other replica; the report has the share that was lost")
    void retries() throws IOException {
        Fixtures.succeeds(RetriesTestCase.class);
        assertThat(Report.of("RetriesTestCase.otherReplicaAnswers").share()).isBetween(0.6, 0.95);
    }

    @Test
    @DisplayName("is found where it has no time-out, by the latency during the fault")
    void noTimeout() {
        assertThat(Fixtures.onlyFailure(NoTimeoutTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("above the limit of 1.5s")
                .message()
                .containsPattern("reached [0-9.]+% of [0-9,]+ drawn \\([0-9.]+% to [0-9.]+% with 95% confidence\\),"
                        + " asked for 80%");
    }

    @ChaosTest(manifests = "classpath:orders.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://gateway/v1/orders/1", rate = "100/s")
    @Slo(p95 = "500ms", errorRate = "2%")
    static class RetriesTestCase {
        @Test
        @DisplayName("while one replica's answers are lost")
        @NetworkLoss(
                selector = "app=order-service",
                mode = Mode.ONE,
                target = "app=gateway",
                loss = "80%",
                duration = "4s")
        @Slo(phase = Phase.FAULT, p95 = "1500ms", errorRate = "10%")
        void otherReplicaAnswers() {}
    }

    @ChaosTest(manifests = "classpath:orders-no-timeout.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://gateway/v1/orders/1", rate = "100/s")
    @Slo(p95 = "500ms", errorRate = "2%")
    static class NoTimeoutTestCase {
        @Test
        @DisplayName("while one replica's answers are lost")
        @NetworkLoss(
                selector = "app=order-service",
                mode = Mode.ONE,
                target = "app=gateway",
                loss = "80%",
                duration = "4s")
        @Slo(phase = Phase.FAULT, p95 = "1500ms", errorRate = "10%")
        void noTimeoutTowardsReplica() {}
    }
}
