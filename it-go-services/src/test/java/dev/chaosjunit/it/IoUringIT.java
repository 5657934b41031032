// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("demo")
@Tag("both")
@DisplayName("uring-reader, while io_uring misbehaves")
@ChaosTest(manifests = "classpath:files.yaml", baseline = "2s", recovery = "2s")
@ShopImages
@Load(url = "http://uring-reader/files/small", rate = "100/s")
@Slo(p95 = "500ms", errorRate = "2%")
@GoroutineBaseline(within = "30s")
class IoUringIT {

    @Test
    @DisplayName("reads without a ring where none is to be had")
    @IoUringFault(
            selector = "app=uring-reader",
            operation = IoUringOperation.SETUP,
            action = IoUringAction.ERROR,
            errno = "ENOSYS",
            duration = "4s")
    @Slo(phase = Phase.FAULT, p99 = "2s", errorRate = "2%")
    void ringRefused(ChaosRun run) {
        given().baseUri(run.service("uring-reader").url())
                .get("/files/small")
                .then()
                .statusCode(200);
    }

    @Test
    @DisplayName("answers 500 to every read that fails with EIO, and nothing hangs")
    @IoUringFault(
            selector = "app=uring-reader",
            operation = IoUringOperation.READ,
            action = IoUringAction.ERROR,
            errno = "EIO",
            probability = "20%",
            duration = "4s")
    @Slo(phase = Phase.FAULT, p99 = "2s", errorRate = "60%")
    void readsFail(ChaosRun run) throws InterruptedException {
        run.awaitRevert();
    }

    @Test
    @DisplayName("names the errno where the disk is full")
    @IoUringFault(
            selector = "app=uring-reader",
            operation = IoUringOperation.READ,
            action = IoUringAction.ERROR,
            errno = "ENOSPC",
            duration = "4s")
    @Slo(phase = Phase.FAULT, p99 = "2s")
    void diskFull(ChaosRun run) {
        given().baseUri(run.service("uring-reader").url())
                .get("/files/small")
                .then()
                .statusCode(500)
                .body("error", is("ENOSPC"));
    }

    @Test
    @DisplayName("is as slow as its disk where completions take 200 ms, and no slower")
    @IoUringFault(
            selector = "app=uring-reader",
            operation = IoUringOperation.READ,
            action = IoUringAction.DELAY,
            latency = "200ms",
            probability = "20%",
            duration = "4s")
    @Slo(phase = Phase.FAULT, p99 = "2s", errorRate = "2%")
    void completionsLate(ChaosRun run) throws InterruptedException {
        run.awaitRevert();
    }

    @Test
    @DisplayName("gives up on a completion that never comes")
    @IoUringFault(
            selector = "app=uring-reader",
            operation = IoUringOperation.READ,
            action = IoUringAction.DROP,
            probability = "10%",
            duration = "4s")
    @Slo(phase = Phase.FAULT, p99 = "1200ms", errorRate = "40%")
    void completionsLost(ChaosRun run) throws InterruptedException {
        run.awaitRevert();
    }
}
