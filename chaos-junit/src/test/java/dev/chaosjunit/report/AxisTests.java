// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AxisTests {
    private static final Offset<Double> CLOSE = within(1e-6);

    @Test
    @DisplayName("a linear axis maps its ends to the pixels, and what lies beyond to the nearer end")
    void mapsLinearly() {
        Axis axis = Axis.exact(0, 20_000, 62, 888);

        assertThat(axis.at(0)).isEqualTo(62, CLOSE);
        assertThat(axis.at(10_000)).isEqualTo(475, CLOSE);
        assertThat(axis.at(20_000)).isEqualTo(888, CLOSE);
        assertThat(axis.at(30_000)).isEqualTo(888, CLOSE);
    }

    @Test
    @DisplayName("an axis of counts starts at zero and ends at a round number")
    void roundsUp() {
        Axis axis = Axis.fromZero(421, 140, 24);

        assertThat(axis.max()).isEqualTo(600);
        assertThat(axis.ticks()).containsExactly(0.0, 200.0, 400.0, 600.0);
        assertThat(axis.at(0)).isEqualTo(140, CLOSE);
    }

    @Test
    @DisplayName("a logarithmic axis gives each decade the same room")
    void mapsByLogarithm() {
        Axis axis = Axis.logarithmic(1, 100, 200, 0);

        assertThat(axis.at(1)).isEqualTo(200, CLOSE);
        assertThat(axis.at(10)).isEqualTo(100, CLOSE);
        assertThat(axis.at(100)).isEqualTo(0, CLOSE);
        assertThat(axis.ticks()).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
    }

    @Test
    @DisplayName("a logarithmic axis spans at least a decade, and over many decades only their powers are marked")
    void bounds() {
        assertThat(Axis.logarithmic(3.1, 3.2, 200, 0).ticks()).containsExactly(2.0, 5.0, 10.0, 20.0);
        assertThat(Axis.logarithmic(0.1, 900, 200, 0).ticks()).hasSize(5).allMatch(tick -> tick <= 1000);
    }
}
