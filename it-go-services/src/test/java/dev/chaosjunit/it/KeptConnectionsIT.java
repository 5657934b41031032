// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@DisplayName("A client that keeps its connections never asks for a name, so that a DNS fault")
class KeptConnectionsIT {
    private static final String BACKEND = "backend.default.svc.cluster.local";

    @Test
    @DisplayName("is escaped, and the run inconclusive; closing the connections makes it red as it earns")
    void kept() {
        Map<String, Throwable> failures = Fixtures.failures(KeptTestCase.class);

        assertThat(failures).containsOnlyKeys("escaped", "reconnected");
        assertThat(failures.get("escaped"))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault was escaped: DNS NXDOMAIN for " + BACKEND)
                .hasMessageContaining("pod kept-")
                .hasMessageContaining(" went on over connections older than the fault, to ")
                .hasMessageContaining(":80/tcp (")
                .hasMessageContaining("reconnect = true on @DnsChaos closes such connections");
        assertThat(failures.get("reconnected"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("In the fault window, http://kept/: ")
                .hasMessageContaining("above the limit of 1%")
                .hasMessageContaining("Connections closed as the fault began: ")
                .hasMessageContaining("left out of the limits of the FAULT phase: ")
                .hasMessageNotContaining("escaped:");
    }

    @ChaosTest(manifests = "classpath:kept.yaml", baseline = "500ms", recovery = "500ms")
    @GoImage(name = "forward", main = "./src/test/go/forward")
    @Load(url = "http://kept/", rate = "100/s")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class KeptTestCase {
        @Test
        @DnsChaos(selector = "app=kept", patterns = BACKEND, action = DnsAction.NXDOMAIN, duration = "2s")
        void escaped() {}

        @Test
        @DnsChaos(
                selector = "app=kept",
                patterns = BACKEND,
                action = DnsAction.NXDOMAIN,
                duration = "2s",
                reconnect = true)
        @Slo(phase = Phase.FAULT, errorRate = "1%")
        void reconnected() {}
    }
}
