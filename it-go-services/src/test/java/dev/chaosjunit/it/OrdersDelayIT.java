// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("demo")
@Tag("both")
@DisplayName("gateway, while one of two replicas of order-service is slow")
@ChaosTest(manifests = "classpath:orders.yaml", baseline = "2s", recovery = "2s")
@ShopImages
@Load(url = "http://gateway/v1/orders/1", rate = "100/s")
@Slo(p95 = "500ms", errorRate = "2%")
@GoroutineBaseline(within = "30s")
class OrdersDelayIT {

    @Test
    @DisplayName("gives up after its time-out and asks the other replica")
    @NetworkDelay(
            selector = "app=order-service",
            mode = Mode.ONE,
            latency = "500ms",
            jitter = "100ms",
            correlation = "100",
            duration = "5s")
    // It were half of all, if it asked no other; a second in which this machine is too busy costs a fifth.
    @Slo(phase = Phase.FAULT, p99 = "3s", errorRate = "30%")
    void otherReplicaAnswers(ChaosRun run) {
        assertThat(run.targets()).hasSize(1);
        assertThat(run.targets().get(0).name()).startsWith("order-service-");
    }
}
