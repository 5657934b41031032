// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayName("Answers that a load does not expect")
class ExpectedAnswersIT {

    @Test
    @DisplayName("are errors, though their status is 200, and the report says what is expected")
    void degraded() throws IOException {
        assertThat(Fixtures.onlyFailure(TestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("HTTP 200 without \"\"degraded\":false\"");
        assertThat(Report.of("TestCase.test").json().at("/loads/0/expects").asText())
                .isEqualTo("HTTP 200 with \"\"degraded\":false\"");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "200/s", expectStatus = "200", expectBody = "\"degraded\":false")
    @Slo(errorRate = "2%")
    static class TestCase {
        @Test
        @DnsChaos(
                selector = "app=user-api",
                patterns = "auth-service.default.svc.cluster.local",
                action = DnsAction.NXDOMAIN,
                duration = "2s")
        @Slo(phase = Phase.FAULT, errorRate = "2%")
        void test() {}
    }
}
