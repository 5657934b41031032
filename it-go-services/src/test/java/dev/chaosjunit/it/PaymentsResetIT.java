// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** gRPC sends all calls as streams of one HTTP/2 connection: whatever is in flight on it breaks together. */
@Tag("both")
@DisplayName("When the one connection is reset that a hundred payments are in flight on,")
class PaymentsResetIT {
    private static final int IN_FLIGHT = 100; // 200/s for the half second that the bank takes; more on a busy machine
    private static final String PAYMENT = "{\"orderId\":\"7\",\"amountCents\":\"5\"}";

    @Test
    @DisplayName(
            "payments fail and no later ones, look-ups are repeated, and who repeats payments is found to pay twice")
    void streams() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(PaymentsTestCase.class);

        assertThat(failures).containsOnlyKeys("paysTwice");
        Report healthy = Report.of("PaymentsTestCase.inFlight");
        assertThat(errors(healthy, 0)).as("half of them are payments").isBetween(IN_FLIGHT / 4L, IN_FLIGHT * 1L);
        assertThat(duringFault(healthy))
                .as("the share of payments, which were sent before it")
                .isGreaterThan(5);
        assertThat(errors(healthy, 1)).as("look-ups that failed").isZero();
        assertThat(healthy.details()).containsExactly("reset 1 of 2 connections met");
        assertThat(failures.get("paysTwice"))
                .hasMessageContaining("payments that the bank took beyond those that users asked for, who paid twice");
        assertThat(errors(Report.of("PaymentsTestCase.paysTwice"), 0))
                .as("to its users it looks better than the other")
                .isZero();
    }

    private static long errors(Report report, int load) {
        long errors = 0;
        for (JsonNode slice : report.json().at("/loads/" + load + "/series")) {
            errors += slice.get("errors").asLong();
        }
        return errors;
    }

    /** Percent of the payments that count for the fault, as its objective has it. */
    private static double duringFault(Report report) {
        return StreamSupport.stream(report.json().get("slos").spliterator(), false)
                .filter(slo -> slo.get("window").asText().equals("fault"))
                .filter(slo -> slo.get("load").asText().equals("http://gateway/v1/payments"))
                .mapToDouble(
                        slo -> Double.parseDouble(slo.get("observed").asText().replace("%", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Instance gateway(ChaosRun run) {
        return run.pods().stream()
                .filter(pod -> pod.workload().equals("gateway"))
                .findFirst()
                .orElseThrow();
    }

    @ChaosTest(manifests = "classpath:payments-in-flight.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Slo(errorRate = "5%")
    static class PaymentsTestCase {
        private ConnectionsSeen connections;
        private long surplus;

        @BeforeEach
        void look(ChaosRun run) throws IOException {
            connections = new ConnectionsSeen(gateway(run), 9090);
            surplus = surplus(run);
        }

        @AfterEach
        void close() {
            connections.close();
        }

        @Test
        @Load(url = "http://gateway/v1/payments", method = "POST", body = PAYMENT, rate = "100/s")
        @Load(url = "http://gateway/v1/payments/demo", rate = "100/s")
        @ConnectionReset(selector = "app=gateway", target = "app=payment-service", count = 1, duration = "2s")
        @Slo(phase = Phase.FAULT, errorRate = "40%")
        @GoroutineBaseline
        void inFlight(ChaosRun run) throws Exception {
            int begun = connections.looks().size();
            run.awaitRevert();
            List<Set<String>> looks = connections.looks();
            assertThat(looks).allMatch(look -> look.size() <= 1);
            Set<String> before = looks.get(begun - 3); // a moment before the reset
            assertThat(before).hasSize(1);
            assertThat(looks.get(looks.size() - 1)).hasSize(1).isNotEqualTo(before);
            assertThat(Metrics.of("payment-service", run).sum("payments_in_hand"))
                    .as("calls on the new connection")
                    .isBetween(IN_FLIGHT / 2L, IN_FLIGHT * 2L);
            nobodyPaysTwice(run);
            hangingUpReachesTheBank(run);
            deadlinesReachTheBank(run);
        }

        @Test
        @Load(url = "http://retrying-gateway/v1/payments", method = "POST", body = PAYMENT, rate = "200/s")
        @ConnectionReset(selector = "app=retrying-gateway", target = "app=payment-service", count = 1, duration = "2s")
        @Slo(phase = Phase.FAULT, errorRate = "5%")
        void paysTwice(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
            nobodyPaysTwice(run);
        }

        private void nobodyPaysTwice(ChaosRun run) {
            assertThat(surplus(run) - surplus)
                    .as("payments that the bank took beyond those that users asked for, who paid twice")
                    .isNotPositive();
        }

        /** What the bank took, less what users asked for, which gateways count before they call. */
        private static long surplus(ChaosRun run) {
            String asked = "payment_calls_total{method=\"CreatePayment\"}";
            return Metrics.of("bank", run).sum("payments_taken_total")
                    - Metrics.of("gateway", run).sum(asked)
                    - Metrics.of("retrying-gateway", run).sum(asked);
        }

        /** With the load still on, whose calls end well. */
        private static void hangingUpReachesTheBank(ChaosRun run) throws IOException, InterruptedException {
            long atService = cancelled("payment-service", run);
            long atBank = cancelled("bank", run);
            URI gateway = URI.create(run.service("gateway").url());
            for (int user = 0; user < 5; user++) {
                try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
                    String request = "GET /v1/payments/demo HTTP/1.1\r\nHost: gateway\r\n\r\n";
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    Thread.sleep(100); // of the 500 that the bank takes
                }
            }
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(cancelled("payment-service", run)).isGreaterThan(atService);
                assertThat(cancelled("bank", run)).isGreaterThan(atBank);
            });
        }

        private static long cancelled(String service, ChaosRun run) {
            return Metrics.of(service, run).sum("payments_given_up_total{why=\"cancelled\"}");
        }

        /** That of a user, which gRPC-Gateway takes from a header, and that of gateway. */
        private static void deadlinesReachTheBank(ChaosRun run) {
            String allowed = "payments_allowed_seconds_bucket{le=\"%s\"}";
            Metrics before = Metrics.of("bank", run);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                given().baseUri(run.service("gateway").url())
                        .header("Grpc-Timeout", "100m")
                        .get("/v1/payments/demo")
                        .then()
                        .statusCode(504);
                assertThat(Metrics.of("bank", run).sum(allowed.formatted("0.1")))
                        .isGreaterThan(before.sum(allowed.formatted("0.1")));
            });
            assertThat(before.sum(allowed.formatted("2")))
                    .as("calls that arrive with what is left of the 2 s that gateway allows")
                    .isEqualTo(before.sum("payments_allowed_seconds_count"))
                    .isPositive();
        }
    }
}
