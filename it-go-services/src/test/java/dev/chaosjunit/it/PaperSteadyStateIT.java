// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The white paper's 2.1: one order-service of two is slow for a minute, and users are to be served as before. */
@Tag("slow")
@DisplayName("The paper's steady state")
class PaperSteadyStateIT {
    /** Of which the delay drawn is 422 ms: a probe, which needs two of them, is answered within its second. */
    private static final String SHORT = "1";

    /** 596 ms. */
    private static final String LONG = "24";

    @Test
    @DisplayName("is left while its own fault is on; who asks another replica comes near to it, who waits does not")
    void steadyState() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(SteadyStateTestCase.class, seed(SHORT));

        System.out.println("| asked | packets late by | p95 before | meanwhile | after | failed | verdict |\n"
                + "|---|---|---|---|---|---|---|");
        for (String test : List.of("direct", "gateway", "patient")) {
            System.out.println(row("SteadyStateTestCase." + test));
        }
        assertThat(failures).containsOnlyKeys("direct", "patient");
        assertThat(failures.values()).hasOnlyElementsOfType(AssertionFailedError.class);
        assertThat(failures.get("direct"))
                .hasMessageContaining("In the fault window, http://order-service.prod/orders/1: p95 of ")
                .hasMessageContaining("above the limit of 300ms");
        assertThat(failures.get("patient"))
                .hasMessageContaining("In the fault window, http://patient-gateway.prod/v1/orders/1: p95 of ")
                .hasMessageContaining("above the limit of 500ms");
    }

    @Test
    @DisplayName("is another matter where the one delay drawn is longer: the pod fails its readiness probe and leaves")
    void leavesItsServices() throws IOException {
        Fixtures.failures(LongDelayTestCase.class, seed(LONG));

        System.out.println(row("LongDelayTestCase.direct"));
        assertThat(Report.of("LongDelayTestCase.direct").notes())
                .containsPattern("Pod prod/order-service-\\S+ was not ready any more [^\"]*: it left its Services");
    }

    private static Map<String, String> seed(String seed) {
        return Map.of("chaos.seed", seed);
    }

    private static String row(String experiment) throws IOException {
        Report report = Report.of(experiment);
        return String.format(
                "| `%s` | %s | %s | %s | %s | %s | %s |",
                report.json().at("/loads/0/url").asText(),
                delay(report),
                report.seen("baseline", "p95"),
                report.seen("fault", "p95"),
                report.seen("recovery", "p95"),
                report.seen("fault", "errorRate"),
                report.json().get("outcome").asText());
    }

    /** In milliseconds and down to a sixteenth, by how much nearly all packets were late: all by the one delay drawn. */
    private static String delay(Report report) {
        Map<Long, Long> delays = report.json()
                .at("/faults/0/delayHistogramUs")
                .propertyStream()
                .collect(Collectors.toMap(
                        bucket -> Long.parseLong(bucket.getKey()) / 1_000,
                        bucket -> bucket.getValue().asLong()));
        Map.Entry<Long, Long> most = Collections.max(delays.entrySet(), Map.Entry.comparingByValue());
        assertThat(most.getValue())
                .isGreaterThan(
                        9 * delays.values().stream().mapToLong(Long::longValue).sum() / 10);
        return most.getKey() + " ms";
    }

    @NetworkDelay(
            selector = "app=order-service",
            namespaces = "prod",
            mode = Mode.ONE,
            latency = "500ms",
            jitter = "100ms",
            correlation = "100",
            duration = "60s")
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface OneIsSlow {}

    @ChaosTest(manifests = "classpath:paper-steady-state.yaml", baseline = "10s", recovery = "10s")
    @ShopImages
    @Slo(p95 = "300ms", errorRate = "0.5%")
    @GoroutineBaseline(within = "30s")
    static class SteadyStateTestCase {
        @Test
        @OneIsSlow
        @Load(url = "http://order-service.prod/orders/1", rate = "100/s")
        @Slo(phase = Phase.FAULT, p95 = "300ms", errorRate = "0.5%")
        void direct() {}

        @Test
        @OneIsSlow
        @Load(url = "http://gateway.prod/v1/orders/1", rate = "100/s")
        @Slo(phase = Phase.FAULT, p95 = "500ms", errorRate = "0.5%")
        void gateway() {}

        @Test
        @OneIsSlow
        @Load(url = "http://patient-gateway.prod/v1/orders/1", rate = "100/s")
        @Slo(phase = Phase.FAULT, p95 = "500ms", errorRate = "0.5%")
        void patient() {}
    }

    @ChaosTest(manifests = "classpath:paper-steady-state.yaml", baseline = "10s", recovery = "10s")
    @ShopImages
    @Slo(p95 = "300ms", errorRate = "0.5%")
    static class LongDelayTestCase {
        @Test
        @OneIsSlow
        @Load(url = "http://order-service.prod/orders/1", rate = "100/s")
        @Slo(phase = Phase.FAULT, p95 = "300ms", errorRate = "0.5%")
        void direct() {}
    }
}
