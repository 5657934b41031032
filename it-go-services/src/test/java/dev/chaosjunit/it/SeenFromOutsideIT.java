// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsType;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A DNS fault, as dig sees it in the pods' namespaces,")
@ChaosTest(manifests = "classpath:user-api.yaml")
@ShopImages
class SeenFromOutsideIT {
    private static final String AUTH = "auth-service.default.svc.cluster.local";
    private static final String OTHER = "user-api.default.svc.cluster.local";

    @Test
    @DisplayName("hits its names in its pod, spares other names and pods, and is gone after the revert")
    @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.NXDOMAIN, duration = "3s")
    @DnsChaos(selector = "app=user-api", patterns = "chaos-mesh.*", action = DnsAction.NODATA, duration = "3s")
    @DnsChaos(
            selector = "app=user-api",
            patterns = "late.*",
            action = DnsAction.DELAY,
            latency = "400ms",
            duration = "3s")
    @DnsChaos(
            selector = "app=user-api",
            patterns = "user-ap?.default.svc.cluster.local",
            types = DnsType.AAAA,
            action = DnsAction.TRUNCATE,
            duration = "3s")
    void nxdomain(ChaosRun run) throws Exception {
        Instance target = pod(run, "user-api-0");
        Instance bystander = pod(run, "auth-service-0");
        List<String> answers = Dig.answers(
                Dig.in(target, AUTH, "AUTH-service.default.SVC.cluster.local", OTHER, "chaos-mesh.org", "late.test"));
        assertThat(answers.subList(0, 2)).allMatch(answer -> answer.contains("status: NXDOMAIN"));
        assertThat(answers.get(2)).contains("status: NOERROR").containsPattern("IN\\s+A\\s+198\\.18\\.");
        assertThat(answers.get(3)).contains("status: NOERROR").contains("ANSWER: 0");
        assertThat(Dig.milliseconds(answers.get(4))).isGreaterThan(390);
        assertThatThrownBy(() -> Dig.in(target, AUTH, "+tcp")).hasMessageContaining("connection reset");
        assertThat(Dig.in(target, OTHER, "AAAA"))
                .contains("Truncated, retrying in TCP mode")
                .contains("status: NOERROR");
        assertThat(Dig.in(bystander, AUTH)).contains("status: NOERROR").containsPattern("IN\\s+A\\s+198\\.18\\.");
        run.awaitRevert();
        assertThat(Dig.in(target, "chaos-mesh.org")).contains("status: NXDOMAIN");
        assertThat(Dig.in(target, OTHER, "AAAA")).doesNotContain("TCP mode");
        assertThat(Dig.in(target, AUTH)).contains("status: NOERROR").containsPattern("IN\\s+A\\s+198\\.18\\.");
    }

    @Test
    @DisplayName("may be confined to a suffix and a query type, or to a share of the queries")
    @DnsChaos(
            selector = "app=user-api",
            patterns = "*.svc.cluster.local",
            types = DnsType.A,
            action = DnsAction.SPOOF,
            ip = "198.18.255.1",
            duration = "3s")
    @DnsChaos(
            selector = "app=user-api",
            patterns = "share.?est",
            action = DnsAction.REFUSED,
            probability = "50%",
            duration = "3s")
    void spoofedSuffix(ChaosRun run) throws Exception {
        Instance target = pod(run, "user-api-0");
        assertThat(Dig.in(target, AUTH)).containsPattern("IN\\s+A\\s+198\\.18\\.255\\.1");
        assertThat(Dig.in(target, OTHER)).containsPattern("IN\\s+A\\s+198\\.18\\.255\\.1");
        assertThat(Dig.in(target, AUTH, "AAAA")).contains("status: NOERROR").contains("ANSWER: 0");
        assertThat(Dig.in(target, "example.test")).contains("status: NXDOMAIN");
        String[] half = Dig.in(target, Collections.nCopies(60, "share.test").toArray(String[]::new))
                .split("status: REFUSED", -1);
        assertThat(half).hasSizeBetween(11, 51); // 10 to 50 of 60: all but one in ten million times
    }

    private static Instance pod(ChaosRun run, String name) {
        return run.pods().stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
