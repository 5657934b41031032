// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chaosjunit.quantity.Wilson;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Wilson's interval")
class WilsonTests {

    @ParameterizedTest(name = "{0} requests: {1} % at no error, {2} % at 1 % of errors, {3} errors are below 1 %")
    @CsvSource({
        "300, 0.89, 2.48, 0",
        "500, 0.54, 2.04, 1",
        "1000, 0.27, 1.67, 4",
        "3000, 0.09, 1.35, 21",
        "10000, 0.03, 1.18, 83",
    })
    @DisplayName("has the upper bounds that the literature gives")
    void upperBounds(long n, double atNone, double atOnePercent, long mostErrors) {
        assertThat(100 * Wilson.upper(0, (double) n, SloJudge.Z)).isCloseTo(atNone, within(0.005));
        assertThat(100 * Wilson.upper(0.01, (double) n, SloJudge.Z)).isCloseTo(atOnePercent, within(0.005));
        assertThat(Wilson.upper((double) mostErrors / n, (double) n, SloJudge.Z))
                .isLessThan(0.01);
        assertThat(Wilson.upper((mostErrors + 1.0) / n, (double) n, SloJudge.Z)).isGreaterThanOrEqualTo(0.01);
    }

    @Test
    @DisplayName("is the same for failures as for successes, and stays within 0 and 1")
    void symmetry() {
        assertThat(Wilson.lower(0.3, 50, SloJudge.Z)).isCloseTo(1 - Wilson.upper(0.7, 50, SloJudge.Z), within(1e-12));
        assertThat(Wilson.lower(0, 10, SloJudge.Z)).isZero();
        assertThat(Wilson.upper(1, 10, SloJudge.Z)).isEqualTo(1);
    }

    @ParameterizedTest(name = "true rate {0}, {1} requests")
    @CsvSource({"0.01, 1000", "0.05, 400", "0.2, 100", "0.5, 60"})
    @DisplayName("covers the true rate about as often as it claims, by simulation")
    void coverage(double rate, int n) {
        Random random = new Random(7);
        int runs = 4_000;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            long failed = random.doubles(n).filter(draw -> draw < rate).count();
            if (Wilson.upper((double) failed / n, (double) n, SloJudge.Z) >= rate) {
                covered++;
            }
        }
        assertThat((double) covered / runs).isBetween(0.92, 0.99);
    }
}
