// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MetricsTests {
    @Test
    @DisplayName("the metrics of a failed experiment")
    void failed() throws IOException {
        Golden.verify("failed.prom", Metrics.text(Samples.failed()));
    }

    @Test
    @DisplayName("packets that were not counted are left out as well")
    void leavesOutUncounted() throws IOException {
        assertThat(Metrics.text(Samples.notCounted()))
                .contains("chaos_junit_outcome{")
                .doesNotContain("chaos_junit_fault_seen{", "chaos_junit_fault_hit{");
    }

    @Test
    @DisplayName("what was not measured is left out instead of being zero")
    void leavesOutUnknown() throws IOException {
        assertThat(Metrics.text(Samples.inconclusive()))
                .contains("chaos_junit_fault_seen{", "chaos_junit_outcome{")
                .doesNotContain("chaos_junit_fault_on_seconds{", "chaos_junit_goroutines{");
    }
}
