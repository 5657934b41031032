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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@DisplayName("Who keeps connections never asks for a name: ")
class KeptConnectionsIT {
    private static final String BACKEND = "backend.default.svc.cluster.local";
    private static final String MISTAKEN = "backend.other.svc.cluster.local";

    private static Map<String, Throwable> failures = Map.of();

    @BeforeAll
    static void run() {
        failures = Fixtures.failures(BackendTestCase.class);
    }

    @Test
    @DisplayName("a DNS fault is escaped, and the run inconclusive")
    void escaped() {
        assertThat(failures.get("escaped"))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault was escaped: DNS NXDOMAIN for " + BACKEND)
                .hasMessageContaining("pod kept-")
                .hasMessageContaining(" went on over connections older than the fault, to ")
                .hasMessageContaining(":80/tcp (")
                .hasMessageContaining("reconnect = true on @DnsChaos closes such connections");
    }

    @Test
    @DisplayName("where the connections are closed, it is red as it earns")
    void reconnected() {
        assertThat(failures.get("reconnected"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("In the fault window, http://kept/: ")
                .hasMessageContaining("above the limit of 2%")
                .hasMessageContaining("Connections closed as the fault began: ")
                .hasMessageContaining("left out of the limits of the FAULT phase: ")
                .hasMessageNotContaining("escaped:");
    }

    @Test
    @DisplayName("a client that connects for each call escapes nothing, and as many requests are touched as wanted")
    void fresh() {
        assertThat(failures).containsOnlyKeys("escaped", "reconnected", "mistaken");
    }

    @Test
    @DisplayName("a name that nobody asks for is told from the one that is asked for")
    void mistaken() {
        assertThat(failures.get("mistaken"))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault hit nothing: DNS DROP for " + MISTAKEN)
                .hasMessageContaining(MISTAKEN + " does not exist for the pod's resolver")
                .hasMessageContaining("it asked for " + BACKEND)
                .hasMessageContaining("the manifests have a Service " + BACKEND)
                .hasMessageContaining("cannot be told: no address of its names is known");
    }

    @ChaosTest(manifests = "classpath:kept.yaml", baseline = "500ms", recovery = "500ms")
    @GoImage(name = "forward", main = "./src/test/go/forward")
    static class BackendTestCase {
        @Test
        @Load(url = "http://kept/", rate = "100/s")
        @DnsChaos(selector = "app=kept", patterns = BACKEND, action = DnsAction.NXDOMAIN, duration = "2s")
        void escaped() {}

        @Test
        @Load(url = "http://kept/", rate = "100/s")
        @DnsChaos(
                selector = "app=kept",
                patterns = BACKEND,
                action = DnsAction.NXDOMAIN,
                duration = "2s",
                reconnect = true)
        @Slo(phase = Phase.FAULT, errorRate = "2%")
        void reconnected() {}

        @Test
        @Load(url = "http://fresh/", rate = "100/s")
        @DnsChaos(
                selector = "app=fresh",
                patterns = BACKEND,
                action = DnsAction.NXDOMAIN,
                duration = "1s",
                minTouched = "20%")
        void fresh() {}

        @Test
        @Load(url = "http://fresh/", rate = "100/s")
        @DnsChaos(selector = "app=fresh", patterns = MISTAKEN, action = DnsAction.DROP, duration = "500ms")
        void mistaken() {}
    }
}
