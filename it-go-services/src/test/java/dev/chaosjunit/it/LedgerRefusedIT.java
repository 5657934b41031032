// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Before anything runs, a start is refused by")
class LedgerRefusedIT {

    @Test
    @Tag("both")
    @DisplayName("a database that the server does not have")
    void refused() {
        assertThat(Fixtures.onlyFailure(RefusedTestCase.class))
                .hasMessageContaining("refused")
                .hasMessageContaining("the database refuses: ")
                .hasMessageContaining("database \\\"nope\\\" does not exist");
    }

    @Test
    @Tag("both")
    @Tag("slow")
    @DisplayName("a database that is not there")
    void forsaken() {
        assertThat(Fixtures.onlyFailure(ForsakenTestCase.class))
                .hasMessageContaining("forsaken")
                .hasMessageContaining("lookup nowhere-db");
    }

    @ChaosTest(
            manifests = {"classpath:ledger-db.yaml", "classpath:ledger-refused.yaml"},
            readyWithin = "10s")
    @ShopImages
    @Ledgers.Database
    @Slo(p95 = "500ms")
    static class RefusedTestCase {
        @Test
        @Load(url = "http://ledger-db:5432/", rate = "10/s")
        @NetworkDelay(selector = "app=ledger-db", latency = "1ms", duration = "1s")
        void never() {}
    }

    @ChaosTest(manifests = "classpath:ledger-forsaken.yaml", readyWithin = "40s")
    @ShopImages
    @Slo(p95 = "500ms")
    static class ForsakenTestCase {
        @Test
        @Load(url = "http://forsaken/", rate = "10/s")
        @NetworkDelay(selector = "app=forsaken", latency = "1ms", duration = "1s")
        void never() {}
    }
}
