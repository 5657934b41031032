// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.Traces;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A failure shows what pods printed of a failed request")
class FailedRequestLogIT {
    private static final String AUTH = "auth-service.default.svc.cluster.local";
    private static final String LINE =
            "\\s+user-api-\\S+: warn cannot tell whether the session is active: [^\\n]*(auth-service|breaker)[^\\n]*\\n";

    @Test
    @DisplayName("by the id of its trace")
    void traced() {
        assertThat(Fixtures.onlyFailure(TracedLogTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageMatching(
                        "(?s).*What pods printed of a failed request \\(trace [0-9a-f]{32}\\):\\n" + LINE + ".*");
    }

    @Test
    @DisplayName("by the chaos id, where no traces are collected")
    void marked() {
        assertThat(Fixtures.onlyFailure(MarkedLogTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageMatching("(?s).*What pods printed of a failed request"
                        + " \\(chaos id MarkedLogTestCase\\.noBreaker/fault\\):\\n" + LINE + ".*");
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:user-api-no-breaker.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Traces
    @Load(url = "http://user-api/users/1", rate = "50/s")
    static class TracedLogTestCase {
        @Test
        @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.NXDOMAIN, duration = "2s")
        @Slo(phase = Phase.FAULT, errorRate = "10%")
        void noBreaker() {}
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:user-api-no-breaker.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "50/s")
    static class MarkedLogTestCase {
        @Test
        @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.NXDOMAIN, duration = "2s")
        @Slo(phase = Phase.FAULT, errorRate = "10%")
        void noBreaker() {}
    }
}
