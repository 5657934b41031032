// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("compares what is on the machine before and after")
@DisplayName("Ctrl-C in the middle of a fault")
class CtrlCIT {

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @DisplayName("leaves a report that says so and blames no service, and nothing else one second after the JVM's end")
    void leavesAReport(@TempDir Path report) throws Exception {
        Footprint before = Footprint.take();
        ChildJvm child = ChildJvm.startInForeground(HoldTestCase.class, "-Dchaos.report=" + report);
        try {
            child.awaitLine(HoldTestCase.INJECTED);
            Footprint ours = Footprint.take().without(before);
            List<ProcessHandle> descendants = child.descendants();
            assertThat(ours.programs()).isNotEmpty();

            child.pressCtrlC();
            assertThat(child.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(descendants).noneMatch(KillIT::runs);
                assertThat(ours.of(Footprint.take())).isEqualTo(Footprint.NONE);
            });
        } finally {
            child.kill();
        }
        assertThat(Files.readString(report.resolve("HoldTestCase.hold.json")))
                .contains("\"INCONCLUSIVE\"")
                .contains("In the fault window, this JVM was told to end, by a signal (Ctrl-C) or System.exit");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "50/s")
    static class HoldTestCase {
        static final String INJECTED = "injected";

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "100ms", duration = "1m")
        void hold() throws InterruptedException {
            System.out.println(INJECTED);
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }
}
