// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.OlderConnections;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Touched;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a fault on names reached")
class EscapeReportTests {
    private static final OlderConnections KEPT = new OlderConnections(
            true, 3, Map.of("10.43.0.7:80/tcp", 1234L), Map.of("10.43.0.7:80/tcp", 2L), Map.of(), false, "");
    private static final OlderConnections CLOSED = new OlderConnections(
            true, 3, Map.of(), Map.of(), Map.of("10.43.0.7:80/tcp", 3L), false, "1 could not be closed (EPERM)");
    private static final OlderConnections UNTOLD =
            new OlderConnections(false, 0, Map.of(), Map.of(), Map.of(), false, "no address of its names is known");

    @Test
    @DisplayName("is in a line: what went on, what was closed, what cannot be told")
    void words() {
        assertThat(OlderWords.of(null)).isEmpty();
        assertThat(OlderWords.of(KEPT)).isEqualTo("went on over older connections, packets: 10.43.0.7:80/tcp (1,234)");
        assertThat(OlderWords.of(CLOSED))
                .isEqualTo("older connections closed: 10.43.0.7:80/tcp (3); 1 could not be closed (EPERM)");
        assertThat(OlderWords.of(UNTOLD))
                .isEqualTo("whether it was escaped over older connections cannot be told: no address of its names is"
                        + " known");
    }

    @Test
    @DisplayName("is on the console, with how many requests it touched")
    void console() {
        assertThat(Summary.text(result(KEPT)))
                .contains("went on over older connections, packets: 10.43.0.7:80/tcp (1,234)")
                .contains("touched     about 8 of 400 requests (2.0 %), by 16 queries");
    }

    @Test
    @DisplayName("is on the page, with the hint why nothing was hit")
    void page(@TempDir Path directory) {
        assertThat(new ChaosReport(directory, Instant.EPOCH).write(result(UNTOLD)))
                .content()
                .contains("cannot be told: no address of its names is known; it asked for a.c instead")
                .contains("Touched about 8 of 400 requests (2.0 %), by 16 queries: dns");
    }

    private static ExperimentResult result(OlderConnections older) {
        ExperimentResult like = Samples.inconclusive();
        FaultResult fault = FaultResult.of("dns", "a-0", Unit.QUERY)
                .mechanism("tcx")
                .counters(new FaultResult.Counters(16, 16, 16, 900, 0, null, 8))
                .hint("it asked for a.c instead")
                .older(older)
                .build();
        return SampleResult.like(like, like.id())
                .faults(List.of(fault))
                .touched(List.of(new Touched("dns", "16 queries", null, 8, 400, 0, Outcome.PASSED)))
                .build();
    }
}
