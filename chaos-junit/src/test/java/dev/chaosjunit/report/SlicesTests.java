// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.LoadResult.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlicesTests {
    @Test
    @DisplayName("a long run is thinned to the worst of neighbours: no peak and no error is lost")
    void thins() {
        List<Point> series = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            series.add(new Point(i * 200, 40, i == 501 ? 7 : 0, 3, 8, i == 502 ? 2000 : 9, i == 503 ? 70 : 1));
        }
        List<Point> thinned = Slices.atMost(400, series).points();

        assertThat(thinned).hasSizeLessThanOrEqualTo(400);
        assertThat(thinned.stream().mapToLong(Point::count).sum()).isEqualTo(40_000);
        assertThat(thinned.stream().mapToLong(Point::errors).sum()).isEqualTo(7);
        assertThat(thinned.stream().mapToDouble(Point::maxMs).max()).hasValue(2000);
        assertThat(thinned.stream().mapToLong(Point::inFlight).max()).hasValue(70);
    }

    @Test
    @DisplayName("a short run stays as it was measured")
    void keeps() {
        List<Point> series = List.of(new Point(0, 40, 0, 3, 8, 9, 1), new Point(200, 40, 0, 3, 8, 9, 1));

        assertThat(Slices.atMost(400, series).points()).isEqualTo(series);
    }

    @Test
    @DisplayName("a pause without requests parts the line; a low rate does not")
    void pauses() {
        List<Point> paused = List.of(at(0, 5), at(200, 5), at(400, 0), at(2000, 5), at(2200, 5));
        List<Point> slow = List.of(at(0, 5), at(1000, 5), at(2000, 5));

        assertThat(Slices.atMost(400, paused).stretches()).hasSize(2);
        assertThat(Slices.atMost(400, slow).stretches()).hasSize(1);
    }

    private static Point at(double atMs, double latencyMs) {
        return new Point(atMs, 1, 0, latencyMs, latencyMs, latencyMs, 0);
    }
}
