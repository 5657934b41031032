// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("As many requests fail as faults hit, and no other:")
class CallFaultCountIT {
    /** So many calls may be of requests that were sent before the window of the fault: they pass. */
    private static final int UNDER_WAY = 10;

    @Test
    @DisplayName("panics that the program recovers from")
    void panics() throws IOException {
        Fixtures.succeeds(PanicTestCase.class);
        assertSameCounts(Report.of("PanicTestCase.panics"));
    }

    @Test
    @DisplayName("reads that fail")
    void reads() throws IOException {
        Fixtures.succeeds(ReadTestCase.class);
        assertSameCounts(Report.of("ReadTestCase.reads"));
    }

    private static void assertSameCounts(Report report) {
        long hit = report.hits();
        System.out.println(hit + " faults hit: " + report.errors("fault"));
        assertThat(hit).isPositive();
        assertThat(report.errors("fault")).isEqualTo(Map.of("HTTP 500", hit));
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "2%")
    static class PanicTestCase {
        @Test
        @GoPanic(
                selector = "app=user-api",
                function = "users.(*handler).get",
                goroutine = "net/http.(*conn).serve",
                probability = "10%",
                after = UNDER_WAY,
                duration = "3s")
        @Slo(phase = Phase.FAULT, errorRate = "40%")
        void panics(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
            assertThat(run.pods())
                    .filteredOn(pod -> pod.name().startsWith("user-api"))
                    .isEqualTo(run.targets());
        }
    }

    @ChaosTest(manifests = "classpath:files.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://uring-reader/files/small", rate = "100/s")
    @Slo(errorRate = "2%")
    static class ReadTestCase {
        @Test
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.READ,
                action = IoUringAction.ERROR,
                errno = "EIO",
                probability = "10%",
                after = UNDER_WAY,
                duration = "3s")
        @Slo(phase = Phase.FAULT, errorRate = "60%")
        void reads(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
        }
    }
}
