// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.NetworkPartition;
import dev.chaosjunit.PodKill;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The white paper's 4.3: a pool of connections that is exhausted, leaks, or heals. */
@DisplayName("A ledger in PostgreSQL")
class LedgerIT {
    private static final String TRANSFER = "{\"from\":\"a\",\"to\":\"b\",\"cents\":1}";

    @Test
    @Tag("both")
    @DisplayName("is right after its database was killed, and a service that leaves rows open is found")
    void killed() {
        Map<String, Throwable> failures = Fixtures.failures(LedgerKilledTestCase.class);

        assertThat(failures).containsOnlyKeys("unclosed");
        assertThat(failures.get("unclosed")).hasMessageContaining("In the recovery window, http://ledger-unclosed/");
    }

    @Test
    @Tag("both")
    @Tag("slow")
    @DisplayName("is right after each fault on the way to its database, once or for chaos.soak.minutes")
    void cutOff() {
        assertThat(Fixtures.failures(LedgerCutOffTestCase.class)).isEmpty();
    }

    @Test
    @Tag("both")
    @Tag("slow")
    @DisplayName("waits for ever where it has no time-out, and is found")
    void patient() {
        assertThat(Fixtures.onlyFailure(LedgerPatientTestCase.class))
                .hasMessageContaining("In the fault window, http://ledger-patient/");
    }

    @Ledgers
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class LedgerKilledTestCase {
        @Test
        @Order(1)
        @Load(url = "http://ledger-unclosed/accounts/a", rate = "50/s", timeout = "1s")
        @NetworkDelay(selector = "app=ledger-unclosed", target = "app=ledger-db", latency = "1500ms", duration = "4s")
        void unclosed() {}

        /** Last: a pod that ended is another one before the next test, and has no data. */
        @Test
        @Order(2)
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @PodKill(selector = "app=ledger-db", duration = "3s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms")
        void killed(ChaosRun run) throws InterruptedException {
            new Ledger(run, "ledger-service").isRight();
        }
    }

    @Ledgers
    @TestMethodOrder(MethodOrderer.Random.class)
    static class LedgerCutOffTestCase {
        /** A new connection takes two ways to and fro, and the first query on it two more. */
        @Rounds
        @Load(url = "http://ledger-service/transfers", rate = "30/s", method = "POST", body = TRANSFER, timeout = "5s")
        @NetworkDelay(selector = "app=ledger-service", target = "app=ledger-db", latency = "500ms", duration = "5s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms", errorRate = "20%")
        void farAway(ChaosRun run) throws InterruptedException {
            new Ledger(run, "ledger-service").isRight();
        }

        @Rounds
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @NetworkPartition(selector = "app=ledger-service", target = "app=ledger-db", duration = "5s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms")
        void partitioned(ChaosRun run) throws InterruptedException {
            new Ledger(run, "ledger-service").isRight();
        }

        @Rounds
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @ConnectionReset(selector = "app=ledger-service", target = "app=ledger-db", duration = "3s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms")
        void reset(ChaosRun run) throws InterruptedException {
            new Ledger(run, "ledger-service").isRight();
        }

        /** One server process is killed, whereupon PostgreSQL ends all others and goes through its log. */
        @Rounds
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @NetworkDelay(selector = "app=ledger-service", target = "app=ledger-db", latency = "20ms", duration = "4s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms")
        void crashed(ChaosRun run) throws InterruptedException {
            Ledger ledger = new Ledger(run, "ledger-service");
            ledger.crash();
            ledger.isRight();
        }

        /** What an administrator does, while the database is some way away. */
        @Rounds
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @NetworkDelay(selector = "app=ledger-service", target = "app=ledger-db", latency = "20ms", duration = "4s")
        @Slo(phase = Phase.FAULT, p90 = "1s", errorRate = "20%")
        void terminated(ChaosRun run) throws IOException, InterruptedException {
            Ledger ledger = new Ledger(run, "ledger-service");
            Thread.sleep(Duration.ofSeconds(1).toMillis());
            assertThat(ledger.terminate()).isPositive();
            ledger.isRight();
        }

        @Rounds
        @Load(url = "http://ledger-service/transfers", rate = "30/s", method = "POST", body = TRANSFER, timeout = "5s")
        @NetworkDelay(
                selector = "app=ledger-service",
                target = "app=ledger-db",
                latency = "50ms",
                jitter = "40ms",
                duration = "5s")
        @NetworkLoss(selector = "app=ledger-db", target = "app=ledger-service", loss = "5%", duration = "5s")
        @Slo(phase = Phase.FAULT, p90 = "3s", errorRate = "20%")
        void badLine(ChaosRun run) throws InterruptedException {
            new Ledger(run, "ledger-service").isRight();
        }
    }

    @Ledgers
    static class LedgerPatientTestCase {
        @Test
        @Load(url = "http://ledger-patient/accounts/a", rate = "50/s", timeout = "5s")
        @NetworkPartition(selector = "app=ledger-patient", target = "app=ledger-db", duration = "6s")
        @Slo(phase = Phase.FAULT, p90 = "1500ms")
        void patient() {}
    }
}
