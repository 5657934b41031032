// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.load.Latencies;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Order statistics")
class OrderStatisticsTests {
    private static final double TWO_SIDED_95 = 0.975;

    @ParameterizedTest(name = "{0} samples: {1} .. {2}")
    @CsvSource({
        "500, 0.980, 1.0",
        "1000, 0.983, 0.997",
        "3000, 0.9863, 0.9937",
        "10000, 0.988, 0.992",
    })
    @DisplayName("bound p99 by the quantiles that the literature gives for the two-sided interval")
    void boundP99(int n, double lower, double upper) {
        double digit = n == 3000 ? 0.0001 : 0.001;
        assertThat((double) OrderStatistics.lowerRank(n, 0.99, TWO_SIDED_95) / n)
                .isBetween(lower - digit, lower + digit);
        assertThat((double) OrderStatistics.upperRank(n, 0.99, TWO_SIDED_95) / n)
                .isBetween(upper - digit, upper + digit);
    }

    @Test
    @DisplayName("have no upper bound of p99 at 300 samples, two-sided")
    void noUpperBound() {
        assertThat(OrderStatistics.lowerRank(300, 0.99, TWO_SIDED_95)).isBetween(292, 294);
        assertThat(OrderStatistics.upperRank(300, 0.99, TWO_SIDED_95)).isEqualTo(301);
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({"0.99, 0.95, 299", "0.99, 0.99, 459", "0.95, 0.95, 59", "0.90, 0.95, 29", "0.50, 0.95, 5"})
    @DisplayName("need a fewest number of samples, below which not even the longest is an upper bound")
    void fewest(double quantile, double confidence, int fewest) {
        assertThat(OrderStatistics.fewest(quantile, confidence)).isEqualTo(fewest);
        assertThat(OrderStatistics.upperRank(fewest, quantile, confidence)).isEqualTo(fewest);
        assertThat(OrderStatistics.upperRank(fewest - 1, quantile, confidence)).isEqualTo(fewest);
    }

    @ParameterizedTest(name = "{0} of {1}: rank {2}")
    @CsvSource({"0.5, 1, 1", "0.5, 4, 2", "0.99, 100, 99", "0.99, 1000, 990", "0.99, 101, 100", "1, 7, 7", "0.9, 10, 9"
    })
    @DisplayName("estimate a quantile by the sample of its rank")
    void rank(double quantile, int n, int rank) {
        assertThat(Latencies.rank(n, quantile)).isEqualTo(rank);
    }

    @Test
    @DisplayName("stay exact where the first terms are below the smallest double")
    void largeNumbers() {
        int n = 1_000_000;
        double sigma = Math.sqrt(n * 0.5 * 0.5);
        assertThat(OrderStatistics.upperRank(n, 0.5, 0.95)).isCloseTo((int) (n * 0.5 + 1.645 * sigma), within(3));
        assertThat(OrderStatistics.lowerRank(n, 0.5, 0.95)).isCloseTo((int) (n * 0.5 - 1.645 * sigma), within(3));
    }

    @ParameterizedTest(name = "q = {0}, n = {1}")
    @CsvSource({"0.5, 20", "0.9, 100", "0.95, 200", "0.99, 400", "0.99, 1500"})
    @DisplayName("cover the true quantile as often as they claim, by simulation")
    void coverage(double quantile, int n) {
        Random random = new Random(42);
        int upper = OrderStatistics.upperRank(n, quantile, 0.95);
        int lower = OrderStatistics.lowerRank(n, quantile, 0.95);
        int runs = 4_000;
        int below = 0;
        int above = 0;
        for (int run = 0; run < runs; run++) {
            double[] uniform = random.doubles(n).sorted().toArray();
            if (upper <= n && uniform[upper - 1] >= quantile) {
                above++;
            }
            if (lower >= 1 && uniform[lower - 1] <= quantile) {
                below++;
            }
        }
        assertThat((double) above / runs).isBetween(0.94, 1.0);
        assertThat((double) below / runs).isBetween(0.94, 1.0);
    }

    @Test
    @DisplayName("count a probability of just the confidence as enough")
    void justEnough() {
        assertThat(OrderStatistics.upperRank(1, 0.5, 0.5)).isEqualTo(1);
        assertThat(OrderStatistics.upperRank(1, 0.5, 0.51)).isEqualTo(2);
    }

    private static org.assertj.core.data.Offset<Integer> within(int offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
