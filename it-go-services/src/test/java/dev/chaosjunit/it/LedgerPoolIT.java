// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The white paper's table of 4.3, beside what is seen here. */
@DisplayName("While the database is far away, a pool of 50 connections")
class LedgerPoolIT {
    private static final int MAX_OPEN = 50;

    @Test
    @Tag("both")
    @Tag("slow")
    @DisplayName("is empty for a while, and for good where rows are left open")
    void pool() {
        PoolTestCase.SPANS.clear();

        assertThat(Fixtures.failures(PoolTestCase.class)).containsOnlyKeys("unclosed");

        Map<String, List<PoolWatch.Span>> spans = PoolTestCase.SPANS;
        System.out.print(table(spans));
        assertThat(spans).containsOnlyKeys("closed", "unclosed");
        PoolWatch.Span healed = after(spans, "closed");
        PoolWatch.Span leaked = after(spans, "unclosed");
        assertThat(leaked.mostInUse()).isEqualTo(MAX_OPEN);
        assertThat(leaked.isEndless()).isTrue();
        assertThat(healed.mostInUse()).isLessThan(MAX_OPEN);
        assertThat(healed.meanWaitMillis()).isLessThan(100);
    }

    private static PoolWatch.Span after(Map<String, List<PoolWatch.Span>> spans, String test) {
        return Objects.requireNonNull(spans.get(test)).get(2);
    }

    private static String table(Map<String, List<PoolWatch.Span>> spans) {
        StringBuilder table =
                new StringBuilder("| ledger-service | | before | with the fault | after it |\n|---|---|---|---|---|\n");
        spans.forEach((name, parts) -> {
            table.append("| ").append(name).append(" | mean wait for a connection (waits) ");
            parts.forEach(part -> table.append("| ").append(part.waitInWords()).append(' '));
            table.append("|\n| ").append(name).append(" | connections in use, at most ");
            parts.forEach(part -> table.append("| ").append(part.mostInUse()).append(' '));
            table.append("|\n");
        });
        return table + "| the paper | mean wait | 2 ms | 12 s, unhealed | 8 ms, healed |\n"
                + "| the paper | connections in use | 18 | 50, unhealed | 22, healed |\n";
    }

    @Ledgers
    static class PoolTestCase {
        /** By test: before, with the fault, after it. */
        static final Map<String, List<PoolWatch.Span>> SPANS = new LinkedHashMap<>();

        private PoolWatch watch;

        @BeforeEach
        void watch(ChaosRun run, TestInfo test) {
            boolean closes = test.getTestMethod().orElseThrow().getName().equals("closed");
            watch = new PoolWatch(run, closes ? "ledger-service" : "ledger-unclosed");
        }

        @AfterEach
        void close() {
            watch.close();
        }

        @Test
        @Load(url = "http://ledger-service/accounts/a", rate = "100/s", timeout = "3s")
        @NetworkDelay(selector = "app=ledger-service", target = "app=ledger-db", latency = "500ms", duration = "6s")
        @Slo(phase = Phase.FAULT, p50 = "3s")
        void closed(ChaosRun run) throws InterruptedException {
            note("closed", run);
        }

        @Test
        @Load(url = "http://ledger-unclosed/accounts/a", rate = "100/s", timeout = "3s")
        @NetworkDelay(selector = "app=ledger-unclosed", target = "app=ledger-db", latency = "1500ms", duration = "6s")
        @Slo(phase = Phase.FAULT, p50 = "3s")
        void unclosed(ChaosRun run) throws InterruptedException {
            note("unclosed", run);
        }

        private void note(String name, ChaosRun run) throws InterruptedException {
            PoolWatch.Span before = watch.next();
            run.awaitRevert();
            PoolWatch.Span fault = watch.next();
            Thread.sleep(Duration.ofSeconds(4).toMillis()); // what waits as the fault ends is done
            watch.next();
            Thread.sleep(Duration.ofSeconds(2).toMillis());
            SPANS.put(name, List.of(before, fault, watch.next()));
        }
    }
}
