// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.load.Sample;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Wilson;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All requests are sent at 200/s, from 7 s on. */
@DisplayName("At its edges, the SLO judge")
class SloEdgesTests {
    private static final long MS = 1_000_000;
    private static final Objective P99 = QuantileObjective.p99(Duration.ofMillis(200));
    private static final Objective P50 = QuantileObjective.p50(Duration.ofMillis(200));

    @Test
    @DisplayName("takes a latency of just the limit as within it, for a quantile and for the longest")
    void latencyIsLimit() {
        SloResult quantile = judge(P99, requests(1_000, 200, 0, 0));
        SloResult longest = judge(QuantileObjective.max(Duration.ofMillis(200)), requests(10, 200, 0, 0));

        assertThat(quantile.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(quantile.detail()).endsWith("200ms (at worst 200ms with 95% confidence), within the limit of 200ms");
        assertThat(longest.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(longest.detail()).isEqualTo("max of 10 requests was 200ms, within the limit of 200ms");
    }

    @Test
    @DisplayName("passes and fails a quantile on as many requests as just bound it, and on no fewer")
    void justEnough() {
        assertThat(judge(P99, requests(299, 100, 0, 0)).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(judge(P99, requests(298, 100, 0, 0)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(P99, requests(299, 100, 299, 300)).badEdge()).isEqualTo("300ms");
        assertThat(judge(P99, requests(298, 100, 298, 300)).badEdge()).isEqualTo("unbounded");
    }

    @ParameterizedTest(name = "{1} of {0} slow")
    @CsvSource({"1000, 7, 200ms, within, as high as 300ms", "1000, 13, 300ms, above, as low as 200ms"})
    @DisplayName("says how many requests would tell how much a quantile differs from its limit")
    void enough(int count, int slow, String observed, String side, String edge) {
        SloResult result = judge(P99, requests(count, 200, slow, 300));

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.detail())
                .isEqualTo("p99 of 1,000 requests was " + observed + ", " + side + " the limit of 200ms, but may be "
                        + edge + " with 95% confidence: about 2,977 requests are needed to tell (14.89s at 200/s)");
    }

    @Test
    @DisplayName("asks for more requests than there were, also where an approximation says that they would do")
    void moreThanThereWere() {
        assertThat(judge(P50, requests(7, 100, 1, 300)).detail())
                .endsWith("about 8 requests are needed to tell (40ms at 200/s)");
    }

    @Test
    @DisplayName("passes an error rate whose upper bound is just the limit, and doubts one whose lower bound is")
    void boundIsLimit() {
        Objective upper = new ErrorRateObjective(new Percent(Wilson.upper(0.004, 1_000, SloJudge.Z)));
        Objective lower = new ErrorRateObjective(new Percent(Wilson.lower(0.02, 1_000, SloJudge.Z)));

        assertThat(judge(upper, failing(1_000, 4)).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(judge(lower, failing(1_000, 20)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("takes an error rate of just the limit as within it, though that decides nothing")
    void rateIsLimit() {
        assertThat(judge(new ErrorRateObjective(Percent.parse("1%")), failing(1_000, 10))
                        .detail())
                .startsWith("1% of 1,000 requests failed, within the limit of 1%, but it may be as many as 1.67%");
    }

    @Test
    @DisplayName("says how many requests would fail an error rate, if it stayed as it is")
    void enoughToFail() {
        assertThat(judge(new ErrorRateObjective(Percent.parse("1%")), failing(1_000, 15))
                        .detail())
                .isEqualTo("1.5% of 1,000 requests failed, above the limit of 1%, but it may be as few as 0.986% with"
                        + " 95% confidence: about 1,072 requests are needed to tell (5.36s at 200/s)");
    }

    @Test
    @DisplayName("counts a bound of just the limit as enough to pass, but not to fail")
    void justEnoughOfErrors() {
        Objective met = new ErrorRateObjective(new Percent(Wilson.upper(0, 539, SloJudge.Z)));
        Objective missed = new ErrorRateObjective(new Percent(Wilson.lower(0.015, 5_000, SloJudge.Z)));

        assertThat(judge(met, failing(200, 0)).detail()).contains("about 539 requests");
        assertThat(judge(missed, failing(1_000, 15)).detail()).contains("about 5,001 requests");
    }

    @Test
    @DisplayName("counts what failed and what could not be sent for what it is, each kind by itself")
    void kinds() {
        List<Sample> samples = new ArrayList<>(failing(100, 3));
        samples.add(new Sample(8_000 * MS, MS, "HTTP 502", true));

        assertThat(judge(new ErrorRateObjective(Percent.NONE), samples).detail())
                .isEqualTo("3.96% of 101 requests failed, above the limit of 0%: timeout (3), HTTP 502 (1)");

        samples.add(new Sample(8_001 * MS, 0, null, false));
        samples.add(new Sample(8_002 * MS, 0, "too many in flight", false));
        samples.add(new Sample(8_003 * MS, 0, "too many in flight", false));
        assertThat(judge(P99, samples).detail())
                .startsWith("3 of 104 requests could not be sent by the load generator,"
                        + " too many in flight (2), unknown reason (1): ");
        assertThat(judge(P99, List.of(new Sample(MS, 0, "load generator late", false)))
                        .detail())
                .startsWith("1 of 1 request could not be sent");
    }

    @Test
    @DisplayName("says nothing of time where it knows no rate, and gives up on more than a million requests")
    void needed() {
        assertThat(Words.needed(1_000_000, 0)).isEqualTo("about 1,000,000 requests are needed to tell");
        assertThat(Words.needed(1_000_001, 0)).isEqualTo("more requests will hardly tell, it runs at its limit");
        assertThat(judge(P99, requests(1, 100, 0, 0)).detail()).endsWith("about 299 requests are needed to tell");
    }

    @Test
    @DisplayName("refuses a quantile of 0 and above 1, and a limit of 0 s")
    void refused() {
        Duration second = Duration.ofSeconds(1);

        assertThatIllegalArgumentException().isThrownBy(() -> new QuantileObjective("p0", 0, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new QuantileObjective("p101", 1.01, second));
        assertThatIllegalArgumentException().isThrownBy(() -> QuantileObjective.p90(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> QuantileObjective.p95(second.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> new SloSpec(Phase.FAULT, List.of()));
        assertThat(QuantileObjective.p95(second).quantile()).isEqualTo(0.95);
        assertThat(QuantileObjective.p90(second).quantile()).isEqualTo(0.90);
    }

    private static SloResult judge(Objective objective, List<Sample> samples) {
        SloSpec spec = new SloSpec(Phase.FAULT, List.of(objective));
        return SloJudge.judge(spec, Stage.FAULT, "http://user-api/", samples).get(0);
    }

    /** Requests that take so long, but for a few that take longer. */
    private static List<Sample> requests(int count, long usualMs, int few, long fewMs) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(new Sample((7_000 + i * 5L) * MS, (i < few ? fewMs : usualMs) * MS, null, true));
        }
        return samples;
    }

    private static List<Sample> failing(int count, int failed) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(new Sample((7_000 + i * 5L) * MS, 100 * MS, i < failed ? "timeout" : null, true));
        }
        return samples;
    }
}
