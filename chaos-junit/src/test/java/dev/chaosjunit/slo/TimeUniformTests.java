// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bounds that hold however often one looks")
class TimeUniformTests {
    private static final int RUNS = 2_000;
    private static final int LENGTH = 2_000;

    @ParameterizedTest(name = "of {0}")
    @ValueSource(doubles = {0.005, 0.01, 0.1, 0.5})
    @DisplayName("refute the true share in one of 20 runs at most, looked at after each observation")
    void falseAlarms(double share) {
        Random random = new Random(1);
        int above = 0;
        int below = 0;
        for (int run = 0; run < RUNS; run++) {
            int ones = 0;
            boolean isAbove = false;
            boolean isBelow = false;
            for (int n = 1; n <= LENGTH; n++) {
                ones += random.nextDouble() < share ? 1 : 0;
                if (n % 10 == 0) {
                    isAbove |= TimeUniform.isAbove(n, ones, share, 0.95);
                    isBelow |= TimeUniform.isBelow(n, ones, share, 0.95);
                }
            }
            above += isAbove ? 1 : 0;
            below += isBelow ? 1 : 0;
        }
        assertThat(above).isLessThanOrEqualTo(RUNS / 20);
        assertThat(below).isLessThanOrEqualTo(RUNS / 20);
    }

    @Test
    @DisplayName("are an edge below and above what was seen, which comes closer")
    void edges() {
        assertThat(TimeUniform.lower(100, 10, 0.95)).isBetween(0.02, 0.05);
        assertThat(TimeUniform.lower(10_000, 1_000, 0.95)).isBetween(0.085, 0.095);
        assertThat(TimeUniform.upper(10_000, 1_000, 0.95)).isBetween(0.105, 0.115);
        assertThat(TimeUniform.isAbove(100, 10, TimeUniform.lower(100, 10, 0.95) - 1e-6, 0.95))
                .isTrue();
        assertThat(TimeUniform.isAbove(100, 10, TimeUniform.lower(100, 10, 0.95) + 1e-6, 0.95))
                .isFalse();
    }

    @Test
    @DisplayName("say nothing of nothing, and a single one is proof against none at all")
    void ends() {
        assertThat(TimeUniform.lower(0, 0, 0.95)).isZero();
        assertThat(TimeUniform.upper(0, 0, 0.95)).isEqualTo(1);
        assertThat(TimeUniform.isAbove(1_000, 1, 0, 0.95)).isTrue();
        assertThat(TimeUniform.isAbove(1_000, 0, 0, 0.95)).isFalse();
        assertThat(TimeUniform.isBelow(1_000_000, 0, 0, 0.95)).isFalse();
        assertThat(TimeUniform.isAbove(1_000, 1_000, 1, 0.95)).isFalse();
    }

    @Test
    @DisplayName("let 1% be proved broken by three bad requests in a row, and met by about 400 good ones")
    void speed() {
        assertThat(TimeUniform.isAbove(2, 2, 0.01, 0.95)).isTrue();
        assertThat(TimeUniform.isBelow(300, 0, 0.01, 0.95)).isFalse();
        assertThat(TimeUniform.isBelow(450, 0, 0.01, 0.95)).isTrue();
    }
}
