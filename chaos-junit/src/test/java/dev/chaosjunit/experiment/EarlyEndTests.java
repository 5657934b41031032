// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.RelativeLimit;
import dev.chaosjunit.slo.RelativeObjective;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rehearsal is over at 4 s, the first baseline at 8 s; the fault is to last for 10 s. */
@DisplayName("A fault that is ended or extended")
@Timeout(20)
class EarlyEndTests {
    private static final Objective P99 = QuantileObjective.p99(Duration.ofMillis(200));
    private static final Objective NEVER_PROVED = QuantileObjective.p99(Duration.ofSeconds(5));

    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    private static SampleExperiment tenSeconds() {
        return new SampleExperiment().lasting(Duration.ofSeconds(10));
    }

    private void slow(double fromSeconds, double toSeconds, long nanos) {
        services.latency = at -> at >= fromSeconds * 1e9 && at < toSeconds * 1e9 ? nanos : FakeServices.FAST;
    }

    private static Window window(ExperimentResult result, Stage stage) {
        return result.windows().stream()
                .filter(window -> window.stage() == stage)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "ends once a limit of an SLO is proved to be broken, by requests that are still out, and recovery is checked")
    void broken() throws InterruptedException {
        slow(10, 12, Duration.ofMillis(1900).toNanos());
        ExperimentResult result =
                services.run(tenSeconds().whileFaulted(P99).build()).result();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary())
                .startsWith("The fault was ended after 2.4s of 10s, as it was proved that for http://p/ p99 is above"
                        + " the limit of 200ms: ");
        Window fault = window(result, Stage.FAULT);
        assertThat(fault.endMs()).isEqualTo(10_400); // the first slow ones were due at 10 s
        assertThat(window(result, Stage.RECOVERY).startMs()).isGreaterThanOrEqualTo(fault.endMs());
        assertThat(result.slos())
                .filteredOn(slo -> slo.window() == Stage.RECOVERY)
                .extracting(SloResult::outcome)
                .containsExactly(Outcome.PASSED);
    }

    @Test
    @DisplayName("stays on for the test's body, though a limit is broken")
    void bodyFirst() throws InterruptedException {
        slow(10, 12, Duration.ofMillis(1900).toNanos());
        Window fault = window(
                services.run(
                                tenSeconds().whileFaulted(P99).build(),
                                faults -> services.clock.sleep(Duration.ofSeconds(7)))
                        .result(),
                Stage.FAULT);
        assertThat(fault.endMs() - fault.startMs()).isBetween(7_000.0, 7_500.0);
    }

    @Test
    @DisplayName("ends at a limit that is of no SLO, which has a verdict of its own")
    void aborted() throws InterruptedException {
        services.error = spec -> "HTTP 500";
        ExperimentResult result = services.run(new SampleExperiment()
                        .lasting(Duration.ofSeconds(10))
                        .abortWhen(new ErrorRateObjective(new Percent(0.5)))
                        .build())
                .result();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary()).contains("errorRate is above the limit of 50%: ");
        assertThat(window(result, Stage.FAULT).endMs()).isEqualTo(8_200);
        assertThat(result.slos())
                .filteredOn(slo -> slo.window() == Stage.FAULT)
                .singleElement()
                .satisfies(slo -> assertThat(slo.observed()).isEqualTo("100%"));
    }

    @Test
    @DisplayName(
            "stays on after a burst of slow requests that the whole window has room for; but that aborts it where asked for")
    void burst() throws InterruptedException {
        slow(8, 8.1, FakeServices.SLOW); // the first 10 requests of 1,000
        Objective p95 = QuantileObjective.p95(Duration.ofMillis(200));
        ExperimentResult whole =
                services.run(tenSeconds().whileFaulted(p95).build()).result();
        assertThat(whole.outcome()).as(whole.summary()).isEqualTo(Outcome.PASSED);
        assertThat(window(whole, Stage.FAULT).endMs()).isEqualTo(18_000);

        double second = services.clock.nanoTime() / 1e9 - 1 + 4; // there is no rehearsal
        slow(second, second + 0.1, FakeServices.SLOW);
        ExperimentResult aborted =
                services.run(tenSeconds().abortWhen(p95).build()).result();
        assertThat(aborted.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(aborted.summary())
                .startsWith("The fault was ended after 400ms of 10s")
                .contains("no more than 5% may");
    }

    @Test
    @DisplayName("ends once all limits are proved to be met, where that is wanted, but not before the body is over")
    void earlyPass() throws InterruptedException {
        SloSpec early = new SloSpec(Phase.FAULT, List.of(P99), true, Duration.ZERO);
        ExperimentResult result =
                services.run(tenSeconds().whileFaulted(early).build()).result();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(window(result, Stage.FAULT).endMs()).isBetween(12_000.0, 13_000.0);
        assertThat(result.notes())
                .anyMatch(note ->
                        note.matches("The fault was ended after 4[.]?[0-9]?s of 10s, as every limit of the FAULT phase"
                                + " was proved to be met by then[.]"));

        Window later = window(
                services.run(
                                tenSeconds().whileFaulted(early).build(),
                                faults -> services.clock.sleep(Duration.ofSeconds(7)))
                        .result(),
                Stage.FAULT);
        assertThat(later.endMs() - later.startMs()).isBetween(7_000.0, 7_500.0);
    }

    @Test
    @DisplayName("is on for its whole time where nothing is proved, or early passing is not wanted")
    void whole() throws InterruptedException {
        ExperimentResult result = services.run(
                        tenSeconds().whileFaulted(P99).abortWhen(NEVER_PROVED).build())
                .result();

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(window(result, Stage.FAULT).endMs()).isEqualTo(18_000);
    }

    @Test
    @DisplayName("is extended where it is undecided, for as long as granted and needed")
    void extended() throws InterruptedException {
        SloSpec extend = new SloSpec(Phase.FAULT, List.of(P99), false, Duration.ofSeconds(5));
        ExperimentResult result = services.run(new SampleExperiment()
                        .lasting(Duration.ofSeconds(2))
                        .whileFaulted(extend)
                        .build())
                .result();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(window(result, Stage.FAULT).endMs()).isBetween(12_000.0, 13_000.0);
        assertThat(result.notes())
                .anyMatch(note -> note.startsWith("The fault lasted 4") && note.contains(" instead of 2s: "));

        ExperimentResult enough =
                services.run(tenSeconds().whileFaulted(extend).build()).result();
        assertThat(window(enough, Stage.FAULT).endMs()
                        - window(enough, Stage.FAULT).startMs())
                .isEqualTo(10_000);
    }

    @Test
    @DisplayName("is compared with the baseline")
    void relative() throws InterruptedException {
        RelativeObjective p50 = new RelativeObjective("p50", 0.5, RelativeLimit.ofLatency("baseline + 50ms"));
        slow(8, 18, Duration.ofMillis(40).toNanos());
        ExperimentResult within =
                services.run(tenSeconds().whileFaulted(p50).build()).result();
        assertThat(within.outcome()).as(within.summary()).isEqualTo(Outcome.PASSED);

        double second = services.clock.nanoTime() / 1e9 - 1 + 4; // there is no rehearsal
        slow(second, second + 10, Duration.ofMillis(80).toNanos());
        ExperimentResult above =
                services.run(tenSeconds().whileFaulted(p50).build()).result();
        assertThat(above.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(above.summary())
                .contains(
                        "p50 of 1,000 requests was 80ms, in the baseline 5ms: +75ms (at least +75ms, at most +75ms, each"
                                + " with 95% confidence), above the limit of baseline + 50ms, which is 55ms");
    }
}
