// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("demo")
@Tag("both")
@DisplayName("user-api, while one of its own functions misbehaves")
@ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
@ShopImages
@Load(url = "http://user-api/users/1", rate = "200/s")
@Slo(p99 = "500ms", errorRate = "1%")
@GoroutineBaseline(within = "30s")
class GoPanicIT {
    private static final String GET_USER = "users.(*handler).get";

    @Test
    @DisplayName("answers 500 where the handler of one request in a hundred panics, and lives")
    @GoPanic(selector = "app=user-api", function = GET_USER, probability = "1%", duration = "5s")
    @Slo(phase = Phase.FAULT, p99 = "1s", errorRate = "3%")
    void onePanicInAHundred(ChaosRun run) throws InterruptedException {
        run.awaitRevert();
        assertThat(run.targets()).hasSize(1);
    }

    @Test
    @DisplayName("stays within its latency while one request in ten is held for 100 ms")
    @GoDelay(selector = "app=user-api", function = GET_USER, latency = "100ms", probability = "5%", duration = "5s")
    @Slo(phase = Phase.FAULT, p99 = "1s", errorRate = "1%")
    void someAreSlow(ChaosRun run) throws InterruptedException {
        run.awaitRevert();
        assertThat(run.targets()).hasSize(1);
    }
}
