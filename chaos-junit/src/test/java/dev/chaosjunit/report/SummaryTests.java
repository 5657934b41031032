// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Share;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.LeftOut;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ShareReached;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SummaryTests {
    @Test
    @DisplayName("a failure says what was missed, that the fault hit, what leaked, and where to read more")
    void failed() throws IOException {
        Path page = Path.of("/report/index.html");

        Golden.verify("failed.txt", Summary.text(Samples.failed(), page) + "\n");
    }

    @Test
    @DisplayName("an inconclusive fault says what it saw instead")
    void inconclusive() throws IOException {
        Golden.verify("inconclusive.txt", Summary.text(Samples.inconclusive()) + "\n");
    }

    @Test
    @DisplayName("a passed experiment is short")
    void passed() throws IOException {
        Golden.verify("passed.txt", Summary.text(Samples.passed()) + "\n");
    }

    @Test
    @DisplayName("where packets were not counted, it says so instead of giving numbers")
    void notCounted() {
        assertThat(Summary.text(Samples.notCounted()))
                .contains("Chaos Mesh: injected 1 of 1; packets were not counted")
                .doesNotContain("matched");
    }

    @Test
    @DisplayName("a fault on a share says what was reached of it")
    void share() {
        FaultResult loss = FaultResult.of("loss", "a-0", Unit.PACKET)
                .counters(new FaultResult.Counters(1000, 1000, 90, 0, 0))
                .share(ShareReached.of(new Share(new Percent(0.1)), 90, 1000))
                .witness(Outcome.PASSED)
                .build();

        assertThat(Summary.text(SampleResult.of("x").faults(List.of(loss)).build()))
                .contains(
                        "hit 90 of 1000 matched, 1000 seen\n                reached 9% of 1,000 drawn (7.38% to 10.9%");
    }

    @Test
    @DisplayName("what was left out of the manifests is named")
    void ignored() {
        LeftOut leftOut = new LeftOut(List.of("NetworkPolicy (a.yaml:1)"), List.of("spec.strategy (a.yaml:7)"));

        assertThat(Summary.text(SampleResult.of("x").leftOut(leftOut).build()))
                .contains("  ignored     NetworkPolicy (a.yaml:1)\n")
                .doesNotContain("strategy");
    }

    @Test
    @DisplayName("many faults are cut to one screen, and the rest is counted")
    void oneScreen() {
        assertThat(Summary.text(Samples.withFaults(40)))
                .contains("and 34 more, see the report")
                .satisfies(text -> assertThat(text.lines()).hasSizeLessThan(25));
    }
}
