// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@DisplayName("A server with all its connections on one ring")
class GiouringIT {

    @Test
    @DisplayName("is as late as each of its operations, none of which holds another")
    void late() throws IOException {
        Fixtures.succeeds(LateTestCase.class);
        Report report = Report.of("LateTestCase.late");
        assertThat(slower(report, "/echo/")).isBetween(200.0, 300.0); // RECV and SEND
        assertThat(slower(report, "/file/")).isBetween(300.0, 400.0); // and READ
        assertThat(report.errors("fault")).isEmpty();
        report.json().get("faults").forEach(fault -> {
            assertThat(fault.get("rings").get("taken").asLong()).isPositive();
            assertThat(fault.get("rings").get("held").asLong()).isZero();
        });
        System.out.println("off by " + report.errorMillis() + " ms in 99 % of " + report.hits());
    }

    /** By how many milliseconds the median of a load's requests rose. */
    private static double slower(Report report, String path) {
        JsonNode load = StreamSupport.stream(report.json().get("loads").spliterator(), false)
                .filter(one -> one.get("url").asText().contains(path))
                .findFirst()
                .orElseThrow();
        return median(load, "fault") - median(load, "baseline");
    }

    private static double median(JsonNode load, String window) {
        return StreamSupport.stream(load.get("windows").spliterator(), false)
                .filter(stats -> stats.get("window").asText().equals(window))
                .findFirst()
                .orElseThrow()
                .get("p50Ms")
                .asDouble();
    }

    @ChaosTest(manifests = "classpath:giouring.yaml", baseline = "2s", recovery = "2s")
    @GiouringImage
    @Load(url = "http://giouring-server/echo/word", rate = "50/s")
    @Load(url = "http://giouring-server/file/4096", rate = "50/s")
    @Slo(p90 = "100ms", errorRate = "5%")
    static class LateTestCase {
        @Test
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.RECV,
                action = IoUringAction.DELAY,
                latency = "100ms",
                duration = "4s")
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.SEND,
                action = IoUringAction.DELAY,
                latency = "100ms",
                duration = "4s")
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.READ,
                action = IoUringAction.DELAY,
                latency = "100ms",
                duration = "4s")
        @Slo(phase = Phase.FAULT, p90 = "1s", errorRate = "5%")
        void late(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
        }
    }
}
