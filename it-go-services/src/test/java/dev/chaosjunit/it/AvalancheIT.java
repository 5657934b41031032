// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkPartition;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The white paper's 4.2: who waits for a call is to give up before its own caller does, or all of them wait together. */
@DisplayName("While the bank behind payment-service cannot be reached")
class AvalancheIT {

    @Test
    @Tag("both")
    @DisplayName("time-outs that grow from the inside out answer within a second, and the others pile requests up")
    void avalanche() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(ShortTestCase.class);

        assertThat(failures).containsOnlyKeys("patient");
        assertThat(failures.get("patient"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("In the fault window, http://patient-gateway/v1/payments/demo: ")
                .hasMessageContaining("above the limit of 1s");
        Seen aligned = Seen.in("ShortTestCase.aligned");
        Seen patient = Seen.in("ShortTestCase.patient");
        assertThat(aligned.errors())
                .as("500 ms at payment-service; then gateway leaves it alone")
                .containsOnlyKeys("HTTP 503", "HTTP 504");
        assertThat(aligned.piledUp()).isLessThanOrEqualTo(20);
        assertThat(patient.piledUp())
                .as("five seconds of requests at 20/s, but for some when a machine is busy")
                .isGreaterThan(80);
        assertThat(patient.goroutines()).isGreaterThan(aligned.goroutines() + 80);
    }

    @Test
    @Tag("slow")
    @DisplayName("with the paper's own numbers, beside what it says of them")
    void paper() throws IOException {
        assertThat(Fixtures.failures(PaperTestCase.class)).containsOnlyKeys("patient");
        Seen aligned = Seen.in("PaperTestCase.aligned");
        Seen patient = Seen.in("PaperTestCase.patient");
        System.out.printf(
                Locale.ROOT,
                "| time-outs | failed | mean | breaker opened | on their way at most | goroutines at most |%n"
                        + "|---|---|---|---|---|---|%n%s%s"
                        + "| the paper: 30 s at the client alone | 92 %% | 28.4 s | no | | |%n"
                        + "| the paper: 500 ms, 800 ms | 100 %% | 0.78 s | yes | | |%n",
                patient.row("30 s at the client alone"),
                aligned.row("500 ms at payment-service, 800 ms at gateway"));
        assertThat(aligned.meanMs()).isLessThan(1_000);
        assertThat(patient.meanMs()).isGreaterThan(10_000);
        assertThat(aligned.errors()).containsKey("HTTP 503");
        assertThat(patient.errors()).doesNotContainKey("HTTP 503");
    }

    /** What a report says of the fault window. */
    private record Seen(JsonNode json, JsonNode window, Map<String, Long> errors) {
        static Seen in(String id) throws IOException {
            Report report = Report.of(id);
            JsonNode json = report.json();
            JsonNode window = StreamSupport.stream(json.at("/loads/0/windows").spliterator(), false)
                    .filter(each -> each.get("window").asText().equals("fault"))
                    .findFirst()
                    .orElseThrow();
            return new Seen(json, window, report.errors("fault"));
        }

        double meanMs() {
            return window.get("meanMs").asDouble();
        }

        int piledUp() {
            return most(json.at("/loads/0/series"), "inFlight");
        }

        /** Of gateway. */
        int goroutines() {
            return StreamSupport.stream(json.at("/goroutines").spliterator(), false)
                    .filter(pod -> pod.get("instance").asText().contains("gateway"))
                    .mapToInt(pod -> most(pod.get("series"), "goroutines"))
                    .max()
                    .orElseThrow();
        }

        private static int most(JsonNode series, String name) {
            return StreamSupport.stream(series.spliterator(), false)
                    .mapToInt(point -> point.get(name).asInt())
                    .max()
                    .orElseThrow();
        }

        String row(String timeouts) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f %% | %.2f s | %s | %d | %d |%n",
                    timeouts,
                    100.0 * window.get("errors").asLong() / window.get("count").asLong(),
                    meanMs() / 1_000,
                    errors().containsKey("HTTP 503") ? "yes" : "no",
                    piledUp(),
                    goroutines());
        }
    }

    @ChaosTest(manifests = "classpath:avalanche.yaml", baseline = "4s", recovery = "4s", recoverWithin = "10s")
    @ShopImages
    @Slo(p95 = "500ms", errorRate = "5%")
    @Slo(phase = Phase.FAULT, p50 = "1s") // decided only once half of the requests were slow
    @GoroutineBaseline(within = "20s")
    static class ShortTestCase {
        @Test
        @Load(url = "http://gateway/v1/payments/demo", rate = "20/s", timeout = "5s")
        @NetworkPartition(selector = "app=payment-service", target = "app=bank", duration = "8s")
        void aligned(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
            Metrics payments = Metrics.of("payment-service", run);
            assertThat(payments.sum("payments_given_up_total{why=\"deadline\"}"))
                    .isPositive();
            assertThat(payments.sum("payments_allowed_seconds_bucket{le=\"0.8\"}"))
                    .as("calls that came with what was left of gateway's 800 ms")
                    .isEqualTo(payments.sum("payments_allowed_seconds_count"));
            assertThat(Metrics.of("gateway", run).sum("payment_breaker_opened_total"))
                    .isPositive();
        }

        @Test
        @Load(url = "http://patient-gateway/v1/payments/demo", rate = "20/s", timeout = "5s")
        @NetworkPartition(selector = "app=patient-payments", target = "app=bank", duration = "8s")
        void patient(ChaosRun run) throws InterruptedException {
            run.awaitRevert(); // by then users have hung up, after 5 s
            Metrics payments = Metrics.of("patient-payments", run);
            assertThat(payments.sum("payments_allowed_seconds_bucket{le=\"5\"}"))
                    .as("calls that came with a deadline")
                    .isZero();
            assertThat(payments.sum("payments_given_up_total")).isZero();
        }
    }

    @ChaosTest(manifests = "classpath:avalanche.yaml", baseline = "4s", recovery = "4s", recoverWithin = "60s")
    @ShopImages
    @Slo(p95 = "500ms", errorRate = "5%")
    @Slo(phase = Phase.FAULT, p50 = "1s")
    @GoroutineBaseline
    static class PaperTestCase {
        @Test
        @Load(url = "http://gateway/v1/payments/demo", rate = "20/s", timeout = "30s")
        @NetworkPartition(selector = "app=payment-service", target = "app=bank", duration = "60s")
        void aligned() {}

        @Test
        @Load(url = "http://patient-gateway/v1/payments/demo", rate = "20/s", timeout = "30s")
        @NetworkPartition(selector = "app=patient-payments", target = "app=bank", duration = "60s")
        void patient() {}
    }
}
