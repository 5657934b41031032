// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.report.Histogram.Bin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HistogramTests {
    @Test
    @DisplayName("a quantile is the smallest value that the share of all does not exceed")
    void quantiles() {
        Map<Long, Long> oneToHundred = new TreeMap<>();
        for (long i = 1; i <= 100; i++) {
            oneToHundred.put(i, 1L);
        }
        Histogram histogram = Histogram.of(oneToHundred);

        assertThat(histogram.quantile(0.5)).isEqualTo(50);
        assertThat(histogram.quantile(0.99)).isEqualTo(99);
        assertThat(histogram.quantile(0.991)).isEqualTo(100);
        assertThat(histogram.quantile(1)).isEqualTo(100);
        assertThat(histogram.quantile(0)).isEqualTo(1);
    }

    @Test
    @DisplayName("counts weigh, and negative errors sort before positive ones")
    void weighs() {
        Histogram histogram = Histogram.of(Map.of(-20L, 1L, 30L, 98L, 900L, 1L, 5000L, 0L));

        assertThat(histogram.total()).isEqualTo(100);
        assertThat(histogram.min()).isEqualTo(-20);
        assertThat(histogram.max()).isEqualTo(900);
        assertThat(histogram.quantile(0.01)).isEqualTo(-20);
        assertThat(histogram.quantile(0.5)).isEqualTo(30);
        assertThat(histogram.quantile(0.99)).isEqualTo(30);
        assertThat(histogram.quantile(0.999)).isEqualTo(900);
    }

    @Test
    @DisplayName("bins have equal width, lose nothing, and gather what lies outside at the edges")
    void bins() {
        Histogram histogram = Histogram.of(Map.of(-5L, 1L, 0L, 2L, 9L, 3L, 10L, 4L, 19L, 5L, 1000L, 6L));

        assertThat(histogram.bins(0, 19, 2)).containsExactly(new Bin(0, 10, 6), new Bin(10, 20, 15));
        assertThat(histogram.bins(0, 19, 7).stream().mapToLong(Bin::count).sum())
                .isEqualTo(histogram.total());
        assertThat(histogram.bins(0, 19, 7)).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    @DisplayName("a single value makes a single bin")
    void singleValue() {
        assertThat(Histogram.of(Map.of(7L, 3L)).bins(7, 7, 20)).isEqualTo(List.of(new Bin(7, 8, 3)));
    }

    @Test
    @DisplayName("an empty histogram has no quantile")
    void empty() {
        assertThatThrownBy(() -> Histogram.of(Map.of()).quantile(0.5)).isInstanceOf(IllegalStateException.class);
    }
}
