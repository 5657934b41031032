// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.HostProgram;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkPartition;
import dev.chaosjunit.PodKill;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The white paper's 4.3: a pool of connections that is exhausted, leaks, or heals. */
@DisplayName("A ledger in PostgreSQL")
class LedgerIT {
    private static final String TRANSFER = "{\"from\":\"a\",\"to\":\"b\",\"cents\":1}";
    private static final String DATA = "/tmp/chaos-junit-ledger-db-0";

    @Test
    @DisplayName("is right after its database was killed, and a service that leaves rows open is found")
    void killed() throws IOException, InterruptedException {
        Map<String, Throwable> failures = failures(LedgerKilledTestCase.class);

        assertThat(failures).containsOnlyKeys("unclosed");
        assertThat(failures.get("unclosed")).hasMessageContaining("In the recovery window, http://ledger-unclosed/");
    }

    @Test
    @Tag("slow")
    @DisplayName("is right after each fault on the way to its database, and a service that waits for ever is found")
    void cutOff() throws IOException, InterruptedException {
        Map<String, Throwable> failures = failures(LedgerCutOffTestCase.class);

        assertThat(failures).containsOnlyKeys("patient");
        assertThat(failures.get("patient")).hasMessageContaining("In the fault window, http://ledger-patient/");
    }

    private static Map<String, Throwable> failures(Class<?> testCase) throws IOException, InterruptedException {
        try {
            return Fixtures.failures(testCase);
        } finally {
            Commands.runAsRoot(List.of("rm", "-rf", DATA));
        }
    }

    /** Nothing is lost, and nothing is there twice; no connection is kept in use. */
    private static void isRight(ChaosRun run) throws InterruptedException {
        run.awaitRevert();
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            JsonNode audit = given().baseUri(run.service("ledger-service").url())
                    .get("/audit")
                    .then()
                    .statusCode(200)
                    .extract()
                    .as(JsonNode.class);
            assertThat(audit.get("transfers").asLong()).isPositive();
            assertThat(audit.get("sum").asLong()).isZero();
            assertThat(audit.get("oneSided").asLong()).isZero();
            assertThat(inUse(run)).isLessThan(10);
        });
    }

    /** Connections that requests have now, with the load still on. */
    private static double inUse(ChaosRun run) {
        String metric = "go_sql_in_use_connections";
        return given().baseUri(run.service("ledger-service").url("admin"))
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    /** PostgreSQL and the ledgers. */
    @ChaosTest(manifests = "classpath:ledger.yaml", baseline = "2s", recovery = "2s", recoverWithin = "10s")
    @ShopImages
    @HostProgram(
            image = "postgres",
            prepare = """
                    if [ ! -s "$PGDATA/PG_VERSION" ]; then
                      initdb --auth=trust --no-sync >/dev/null
                      echo 'host all all 198.18.0.0/15 trust' >>"$PGDATA/pg_hba.conf"
                      echo "CREATE DATABASE $POSTGRES_DB" | postgres --single postgres >/dev/null
                    fi
                    """,
            command = {"postgres", "-c", "listen_addresses=*", "-c", "unix_socket_directories="},
            user = "postgres",
            packages = "postgresql")
    @Slo(p95 = "500ms", errorRate = "5%")
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Ledgers {}

    @Ledgers
    static class LedgerKilledTestCase {
        @Test
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @PodKill(selector = "app=ledger-db", duration = "3s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms")
        void killed(ChaosRun run) throws InterruptedException {
            isRight(run);
        }

        @Test
        @Load(url = "http://ledger-unclosed/accounts/a", rate = "50/s", timeout = "1s")
        @NetworkDelay(selector = "app=ledger-unclosed", target = "app=ledger-db", latency = "1500ms", duration = "4s")
        void unclosed() {}
    }

    @Ledgers
    static class LedgerCutOffTestCase {
        /** A new connection takes two ways to and fro, and the first query on it two more. */
        @Test
        @Load(url = "http://ledger-service/transfers", rate = "30/s", method = "POST", body = TRANSFER, timeout = "5s")
        @NetworkDelay(selector = "app=ledger-service", target = "app=ledger-db", latency = "500ms", duration = "5s")
        @Slo(phase = Phase.FAULT, p95 = "3s", errorRate = "5%")
        void farAway(ChaosRun run) throws InterruptedException {
            isRight(run);
        }

        @Test
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @NetworkPartition(selector = "app=ledger-service", target = "app=ledger-db", duration = "5s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms")
        void partitioned(ChaosRun run) throws InterruptedException {
            isRight(run);
        }

        @Test
        @Load(url = "http://ledger-service/transfers", rate = "50/s", method = "POST", body = TRANSFER, timeout = "5s")
        @ConnectionReset(selector = "app=ledger-service", target = "app=ledger-db", duration = "3s")
        @Slo(phase = Phase.FAULT, p90 = "3500ms")
        void reset(ChaosRun run) throws InterruptedException {
            isRight(run);
        }

        @Test
        @Load(url = "http://ledger-patient/accounts/a", rate = "50/s", timeout = "5s")
        @NetworkPartition(selector = "app=ledger-patient", target = "app=ledger-db", duration = "6s")
        @Slo(phase = Phase.FAULT, p90 = "1500ms")
        void patient() {}
    }
}
