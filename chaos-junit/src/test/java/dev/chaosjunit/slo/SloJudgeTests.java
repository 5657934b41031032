// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.load.Sample;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The SLO judge")
class SloJudgeTests {
    private static final long MS = 1_000_000;
    private static final Objective P99 = QuantileObjective.p99(Duration.ofMillis(200));

    @Test
    @DisplayName("passes a quantile whose unfavourable edge meets the limit")
    void passesQuantile() {
        SloResult result = judge(P99, slow(1_000, 3));

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.detail())
                .isEqualTo("p99 of 1,000 requests was 100ms (at worst 100ms with 95% confidence),"
                        + " within the limit of 200ms");
    }

    @Test
    @DisplayName("fails a quantile whose favourable edge misses the limit")
    void failsQuantile() {
        SloResult result = judge(P99, slow(1_000, 30));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.observed()).isEqualTo("300ms");
        assertThat(result.limit()).hasToString("200ms");
        assertThat(result.detail())
                .isEqualTo("p99 of 1,000 requests was 300ms (at best 300ms with 95% confidence),"
                        + " above the limit of 200ms");
    }

    @Test
    @DisplayName(
            "is undecided on a quantile between the edges, whichever side the estimate is on, and says what would tell")
    void undecidedQuantile() {
        SloResult met = judge(P99, slow(1_000, 7));
        SloResult missed = judge(P99, slow(1_000, 13));

        assertThat(met.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(met.detail())
                .startsWith("p99 of 1,000 requests was 100ms, within the limit of 200ms,"
                        + " but may be as high as 300ms with 95% confidence: about ")
                .endsWith(" at 200/s)");
        assertThat(missed.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(missed.detail()).contains("300ms, above the limit of 200ms, but may be as low as 100ms");
    }

    @Test
    @DisplayName("says how many requests it needs, and how long they take at this rate")
    void tooFew() {
        SloResult result = judge(P99, slow(100, 0));

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.badEdge()).isEqualTo("unbounded");
        assertThat(result.detail())
                .isEqualTo("p99 of 100 requests was 100ms, within the limit of 200ms, but 100 requests are too few to"
                        + " bound it with 95% confidence: about 299 requests are needed to tell (1.495s at 200/s)");
    }

    @Test
    @DisplayName("fails even on few requests when all of them are too slow")
    void fewButAllTooSlow() {
        assertThat(judge(P99, slow(20, 20)).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judge(P99, slow(20, 20)).badEdge()).isEqualTo("unbounded");
        assertThat(judge(P99, slow(20, 1)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("judges max by the longest request alone")
    void max() {
        Objective max = QuantileObjective.max(Duration.ofMillis(200));

        assertThat(judge(max, slow(10, 0)).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(judge(max, slow(1_000, 1)).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judge(max, slow(1_000, 1)).detail())
                .isEqualTo("max of 1,000 requests was 300ms, above the limit of 200ms");
    }

    @Test
    @DisplayName("passes, fails and doubts an error rate by Wilson's interval, naming the kinds of errors")
    void errorRate() {
        Objective limit = new ErrorRateObjective(Percent.parse("1%"));

        SloResult passed = judge(limit, failing(1_000, 4));
        SloResult doubted = judge(limit, failing(1_000, 5));
        SloResult failed = judge(limit, failing(1_000, 20));

        assertThat(passed.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(passed.detail())
                .isEqualTo(
                        "0.4% of 1,000 requests failed (at most 0.888% with 95% confidence), within the limit of 1%");
        assertThat(doubted.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.detail())
                .startsWith("2% of 1,000 requests failed (at least ")
                .endsWith(": timeout (20)");
    }

    @Test
    @DisplayName("names the requests that failed before a missed latency, once")
    void cause() {
        Objective max = QuantileObjective.max(Duration.ofMillis(90));

        assertThat(judge(max, failing(400, 69)).detail())
                .isEqualTo("69 of 400 requests failed, timeout (69); max of 400 requests was 100ms, above the limit of"
                        + " 90ms");
        SloSpec both = new SloSpec(Phase.FAULT, List.of(max, new ErrorRateObjective(Percent.parse("1%"))));
        assertThat(SloJudge.judge(both, Stage.FAULT, "http://a/", failing(400, 69)))
                .extracting(SloResult::detail)
                .satisfiesExactly(
                        latency -> assertThat(latency).startsWith("max of 400 requests"),
                        errors -> assertThat(errors).endsWith(": timeout (69)"));
        assertThat(judge(QuantileObjective.max(Duration.ofMillis(200)), failing(400, 69))
                        .detail())
                .startsWith("max of 400 requests");
    }

    @Test
    @DisplayName("says how many requests without a failure would do")
    void errorRateTooFew() {
        SloResult result = judge(new ErrorRateObjective(Percent.parse("0.5%")), failing(200, 0));

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.detail())
                .isEqualTo("none of 200 requests failed, within the limit of 0.5%, but it may be as many as 1.33% with"
                        + " 95% confidence: about 539 requests are needed to tell (2.695s at 200/s)");
        assertThat(judge(new ErrorRateObjective(Percent.parse("0.5%")), failing(539, 0))
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        assertThat(judge(new ErrorRateObjective(Percent.parse("0.5%")), failing(538, 0))
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("says so when no number of requests would tell")
    void atTheLimit() {
        SloResult result = judge(new ErrorRateObjective(Percent.parse("1%")), failing(1_000, 10));

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.detail()).endsWith("more requests will hardly tell, it runs at its limit");
    }

    @Test
    @DisplayName("takes an error rate of 0% as: not one of these")
    void noErrorAtAll() {
        Objective none = new ErrorRateObjective(Percent.parse("0%"));

        assertThat(judge(none, failing(10, 0)).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(judge(none, failing(1_000, 1)).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("claims nothing when a single request could not be sent, or none was planned")
    void unsent() {
        List<Sample> samples = new ArrayList<>(slow(1_000, 0));
        samples.add(new Sample(6_000 * MS, 0, "load generator late", false));

        SloResult unsent = judge(P99, samples);
        SloResult nothing = judge(P99, List.of());

        assertThat(unsent.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(unsent.samples()).isEqualTo(1_000);
        assertThat(unsent.detail())
                .isEqualTo("1 of 1,001 requests could not be sent by the load generator, load generator late (1):"
                        + " nothing can be claimed of this window");
        assertThat(nothing.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(nothing.detail()).isEqualTo("no request was planned in this window");
    }

    @Test
    @DisplayName("gives one result per objective, with its window and load")
    void oneResultPerObjective() {
        SloSpec spec = new SloSpec(Phase.STEADY, List.of(P99, new ErrorRateObjective(Percent.parse("1%"))));

        List<SloResult> results = SloJudge.judge(spec, Stage.BASELINE, "http://user-api/", slow(1_000, 0));

        assertThat(results).extracting(SloResult::objective).containsExactly("p99", "errorRate");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.window()).isEqualTo(Stage.BASELINE);
            assertThat(result.load()).isEqualTo("http://user-api/");
        });
    }

    private static SloResult judge(Objective objective, List<Sample> samples) {
        SloSpec spec = new SloSpec(Phase.FAULT, List.of(objective));
        return SloJudge.judge(spec, Stage.FAULT, "http://user-api/", samples).get(0);
    }

    /** Requests at 200/s that take 100 ms, but for a few of 300 ms. */
    private static List<Sample> slow(long count, long slow) {
        return LongStream.range(0, count)
                .mapToObj(i -> new Sample(i * 5 * MS, i < slow ? 300 * MS : 100 * MS, null, true))
                .toList();
    }

    /** Requests at 200/s, some of which time out. */
    private static List<Sample> failing(long count, long failed) {
        return LongStream.range(0, count)
                .mapToObj(i -> new Sample(i * 5 * MS, 100 * MS, i < failed ? "timeout" : null, true))
                .toList();
    }
}
