// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.time.Duration;

/**
 * A ledger-service as an auditor sees it, and its database.
 *
 * @param name of its Service, by which it calls itself in its connections
 */
record Ledger(ChaosRun run, String name) {
    /** At rest of 50 that it may have; each request has one for some milliseconds. */
    private static final int FEW = 10;

    Psql database() {
        return new Psql(run.service("ledger-db"), "shop");
    }

    Metrics metrics() {
        return Metrics.of(name, run);
    }

    Pool pool() {
        return Pool.in(metrics());
    }

    /** Transfers that it has promised. */
    private long acknowledged() {
        return (long) metrics().value("ledger_acknowledged_total");
    }

    /** Connections that are busy, or in a transaction, as the server sees it. */
    int busyAtServer() throws IOException, InterruptedException {
        return database().count("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND " + ours());
    }

    /** The pod that its connections come from: a proxy in between, or else itself. */
    Instance proxy() throws IOException, InterruptedException {
        String address = database().query("SELECT client_addr FROM pg_stat_activity WHERE " + ours() + " LIMIT 1");
        return run.pods().stream()
                .filter(pod -> pod.address().equals(address.strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is connected from " + address + ", which is no pod"));
    }

    int connectionsThrough(Instance proxy) throws IOException, InterruptedException {
        return database()
                .count("SELECT count(*) FROM pg_stat_activity WHERE client_addr = '" + proxy.address() + "' AND "
                        + ours());
    }

    /** Ends all its connections, as an administrator may, and says how many there were. */
    int terminate() throws IOException, InterruptedException {
        return database().count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE " + ours());
    }

    /** Kills the server process that does it. */
    void crash() {
        assertThatThrownBy(() -> database().query("COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'"))
                .hasMessageContaining("server closed the connection unexpectedly");
    }

    private String ours() {
        return "application_name = '" + name + "'";
    }

    /** Once the faults are over, nothing is lost, nothing is there twice, and no connection is kept, with the load still on. */
    void isRight() throws InterruptedException {
        run.awaitRevert();
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            long acknowledged = acknowledged();
            JsonNode audit = given().baseUri(run.service(name).url())
                    .get("/audit")
                    .then()
                    .statusCode(200)
                    .extract()
                    .as(JsonNode.class);
            assertThat(audit.get("transfers").asLong()).isPositive().isGreaterThanOrEqualTo(acknowledged);
            assertThat(audit.get("sum").asLong()).isZero();
            assertThat(audit.get("oneSided").asLong()).isZero();
            assertThat(pool().inUse()).isLessThan(FEW);
            assertThat(busyAtServer()).isLessThan(FEW);
        });
    }
}
