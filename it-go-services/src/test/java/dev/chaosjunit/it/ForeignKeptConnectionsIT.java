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
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.slo.Phase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@Tag("slow")
@DisplayName("podinfo, which asks its backend over connections that it keeps, ")
class ForeignKeptConnectionsIT {
    private static final String BACKEND = "backend.default.svc.cluster.local";

    @Test
    @DisplayName("escapes a DNS fault unless these are closed; and may be meant to, however few requests are touched")
    void podinfo() {
        Map<String, Throwable> failures = Fixtures.failures(PodinfoTestCase.class);

        assertThat(failures).containsOnlyKeys("escaped", "tooFewTouched");
        assertThat(failures.get("escaped"))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault was escaped: DNS SERVFAIL for " + BACKEND)
                .hasMessageContaining(":9898/tcp (");
        assertThat(failures.get("tooFewTouched"))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("but minTouched asks for 50%")
                .hasMessageContaining("The fault was escaped, as the test allows: ");
    }

    @ChaosTest(manifests = "classpath:podinfo.yaml", baseline = "2s", recovery = "2s")
    @GoImage(
            name = "podinfo",
            main = "github.com/stefanprodan/podinfo/cmd/podinfo@v1.8.1-0.20250910200901-e86405a8674e")
    @Load(url = "http://front/echo", method = "POST", body = "hello", rate = "50/s")
    static class PodinfoTestCase {
        @Test
        @DnsChaos(selector = "app=front", patterns = BACKEND, action = DnsAction.SERVFAIL, duration = "3s")
        void escaped() {}

        /** It answers 200 and names the backend that failed. */
        @Test
        @DnsChaos(
                selector = "app=front",
                patterns = BACKEND,
                action = DnsAction.SERVFAIL,
                duration = "3s",
                reconnect = true,
                minTouched = "20%")
        @Slo(phase = Phase.FAULT, errorRate = "5%")
        void reconnected() {}

        @Test
        @DnsChaos(
                selector = "app=front",
                patterns = "*.default.svc.cluster.local",
                action = DnsAction.SERVFAIL,
                duration = "3s",
                escape = Escape.ALLOWED)
        @Slo(phase = Phase.FAULT, errorRate = "5%")
        void allowed() {}

        @Test
        @DnsChaos(
                selector = "app=front",
                patterns = BACKEND,
                action = DnsAction.SERVFAIL,
                duration = "3s",
                escape = Escape.ALLOWED,
                minTouched = "50%")
        void tooFewTouched() {}
    }
}
