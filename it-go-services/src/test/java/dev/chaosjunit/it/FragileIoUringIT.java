// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

@Tag("demo")
@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A service with a bad habit in its use of io_uring is found: ")
class FragileIoUringIT {

    @Test
    @DisplayName("no plain reads where a ring is refused, by the error rate during the fault")
    void noFallback() {
        assertThat(Fixtures.onlyFailure(NoFallbackTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("http://uring-reader/files/small")
                .hasMessageContaining("above the limit of 2%");
    }

    @Test
    @DisplayName("no time-out on a completion, by the requests that hang")
    void noCompletionTimeout() {
        assertThat(Fixtures.onlyFailure(NoCompletionTimeoutTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("above the limit of 1.2s");
    }

    @DisplayName("uring-reader without a fallback")
    @ChaosTest(manifests = "classpath:files-no-fallback.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://uring-reader/files/small", rate = "200/s")
    @Slo(p99 = "500ms", errorRate = "2%")
    static class NoFallbackTestCase {
        @Test
        @DisplayName("while rings are refused")
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.SETUP,
                action = IoUringAction.ERROR,
                errno = "EPERM",
                duration = "3s")
        @Slo(phase = Phase.FAULT, p99 = "500ms", errorRate = "2%")
        void noFallback() {}
    }

    @DisplayName("uring-reader without a time-out on completions")
    @ChaosTest(manifests = "classpath:files-no-completion-timeout.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://uring-reader/files/small", rate = "200/s")
    @Slo(p99 = "500ms", errorRate = "2%")
    static class NoCompletionTimeoutTestCase {
        @Test
        @DisplayName("while completions are lost")
        @IoUringFault(
                selector = "app=uring-reader",
                operation = IoUringOperation.READ,
                action = IoUringAction.DROP,
                probability = "10%",
                duration = "3s")
        @Slo(phase = Phase.FAULT, p99 = "1200ms")
        void noCompletionTimeout() {}
    }
}
