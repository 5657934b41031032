// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(median(report, "/echo/")).isBetween(200.0, 400.0); // RECV and SEND
        assertThat(median(report, "/file/")).isBetween(300.0, 500.0); // and READ
        assertThat(report.errors("fault")).isEmpty();
        report.json()
                .get("faults")
                .forEach(fault -> assertThat(fault.get("detail").asText())
                        .containsPattern("taken out of their ring [1-9][0-9]*, held with it 0$"));
        System.out.println("off by " + report.errorMillis() + " ms in 99 % of " + report.hits());
    }

    @Test
    @Tag("slow")
    @DisplayName(
            "gives no wrong byte in 100,000 requests, with cancels, chains, registered files and closed connections")
    void right() throws IOException {
        Fixtures.succeeds(CrowdTestCase.class);
        Report report = Report.of("CrowdTestCase.crowd");
        assertThat(report.hits()).isGreaterThan(30_000); // those that this machine could ask in that time
        System.out.println(report.json().get("summary").asText());
        report.json()
                .get("faults")
                .forEach(fault -> System.out.println(fault.get("fault") + ": " + fault.get("detail")));
        System.out.println("off by " + report.errorMillis() + " ms in 99 % of " + report.hits());
    }

    @Test
    @DisplayName("fails a second after it was asked to read, not before")
    void lateErrors() {
        Fixtures.succeeds(LateErrorTestCase.class);
    }

    /** How many milliseconds half of a load's requests took at most while the faults were on. */
    private static double median(Report report, String path) {
        JsonNode load = only(report.json().get("loads"), "url", path);
        return only(load.get("windows"), "window", "fault").get("p50Ms").asDouble();
    }

    private static JsonNode only(JsonNode all, String field, String part) {
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.get(field).asText().contains(part))
                .findFirst()
                .orElseThrow();
    }

    @ChaosTest(manifests = "classpath:giouring.yaml", baseline = "1s", recovery = "1s")
    @GiouringImage
    @Load(url = "http://giouring-server/echo/word", rate = "100/s")
    @Load(url = "http://giouring-server/file/4096", rate = "100/s")
    @Slo(p90 = "100ms", errorRate = "5%")
    static class LateTestCase {
        @Test
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.RECV,
                action = IoUringAction.DELAY,
                latency = "100ms",
                duration = "2s")
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.SEND,
                action = IoUringAction.DELAY,
                latency = "100ms",
                duration = "2s")
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.READ,
                action = IoUringAction.DELAY,
                latency = "100ms",
                duration = "2s")
        @Slo(phase = Phase.FAULT, p90 = "1s", errorRate = "5%")
        void late(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
        }
    }

    @ChaosTest(manifests = "classpath:giouring.yaml")
    @GiouringImage
    static class LateErrorTestCase {
        @Test
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.READ,
                action = IoUringAction.ERROR,
                errno = "EIO",
                latency = "1s",
                duration = "4s")
        void late(ChaosRun run) throws IOException {
            try (GiouringClient client =
                    new GiouringClient(run.service("giouring-server").url())) {
                long start = System.nanoTime();
                assertThatThrownBy(() -> client.check("file", 0, 0))
                        .hasMessageContaining("500 Internal Server Error: EIO");
                assertThat(System.nanoTime() - start).isBetween(1_000_000_000L, 2_000_000_000L);
                client.check("echo", 0, 0);
            }
        }
    }

    @ChaosTest(manifests = "classpath:giouring.yaml")
    @GiouringImage
    static class CrowdTestCase {
        @Test
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.RECV,
                action = IoUringAction.DELAY,
                latency = "5ms",
                jitter = "5ms",
                duration = "90s")
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.SEND,
                action = IoUringAction.DELAY,
                latency = "5ms",
                jitter = "5ms",
                probability = "50%",
                duration = "90s")
        @IoUringFault(
                selector = "app=giouring-server",
                operation = IoUringOperation.READ,
                action = IoUringAction.DELAY,
                latency = "3ms",
                probability = "20%",
                duration = "90s")
        void crowd(ChaosRun run) throws InterruptedException {
            GiouringCrowd.ask(run.service("giouring-server").url(), 1000);
        }
    }
}
