// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chaosjunit.quantity.Rate;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.Point;
import dev.chaosjunit.result.LoadResult.WindowStats;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A load's series")
class SeriesTests {
    private static final long START = 7_000_000_000L;
    private static final LoadSpec SPEC =
            new LoadSpec(URI.create("http://user-api/"), new Rate(100), "GET", Map.of(), "", Duration.ofSeconds(1));

    @Test
    @DisplayName("has a point per 200 ms that had requests, with quantiles right to 0.1 %")
    void points() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(sample(i * 10L, i + 1, null, true));
        }
        samples.add(sample(650, 1_000, "timeout", true));

        LoadResult result = Series.analyse(SPEC, samples, START, List.of());

        assertThat(result.url()).isEqualTo("http://user-api/");
        assertThat(result.rate()).isEqualTo(100);
        assertThat(result.series()).extracting(Point::atMs).containsExactly(0.0, 600.0);
        Point first = result.series().get(0);
        assertThat(first.count()).isEqualTo(20);
        assertThat(first.errors()).isZero();
        assertThat(first.p50Ms()).isCloseTo(10, within(0.01));
        assertThat(first.p99Ms()).isCloseTo(20, within(0.02));
        assertThat(result.series().get(1).maxMs()).isCloseTo(1_000, within(1.0));
        assertThat(result.series().get(1).p50Ms()).isCloseTo(1_000, within(1.0));
        assertThat(result.series().get(1).errors()).isEqualTo(1);
    }

    @Test
    @DisplayName("has a window's quantiles as exactly as the verdict has them")
    void quantiles() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            samples.add(sample(i, i, null, true));
        }
        WindowStats window = Series.analyse(SPEC, samples, START, List.of(new Window(Stage.FAULT, 0, 2_000)))
                .windows()
                .get(0);

        assertThat(window).isEqualTo(new WindowStats(Stage.FAULT, 1_000, 0, 0, 500, 900, 990, 1_000, 500.5, Map.of()));
    }

    @Test
    @DisplayName("counts a request in the window of its planned time, wherever its answer fell")
    void windows() {
        List<Sample> samples = List.of(
                sample(-10, 5, null, true),
                sample(0, 5, null, true),
                sample(990, 900, "timeout", true),
                sample(1_000, 5, "HTTP 502", true),
                sample(1_500, 0, "load generator late", false));

        LoadResult result = Series.analyse(
                SPEC,
                samples,
                START,
                List.of(new Window(Stage.BASELINE, 0, 1_000), new Window(Stage.FAULT, 1_000, 2_000)));

        WindowStats baseline = result.windows().get(0);
        assertThat(baseline.count()).isEqualTo(2);
        assertThat(baseline.errorKinds()).containsExactly(Map.entry("timeout", 1L));
        WindowStats fault = result.windows().get(1);
        assertThat(fault.count()).isEqualTo(2);
        assertThat(fault.errors()).isEqualTo(1);
        assertThat(fault.unsent()).isEqualTo(1);
        assertThat(fault.maxMs()).isCloseTo(5, within(0.01));
        assertThat(fault.errorKinds()).containsEntry("load generator late", 1L).containsEntry("HTTP 502", 1L);
    }

    @Test
    @DisplayName("knows how many were on their way at the end of each slice, but for what was not sent")
    void inFlight() {
        LoadResult result = Series.analyse(
                SPEC,
                List.of(
                        sample(-10, 900, null, true),
                        sample(0, 5, null, true),
                        sample(10, 250, "timeout", true),
                        sample(190, 1_000, null, true),
                        sample(210, 5, null, false),
                        sample(450, 10, null, true)),
                START,
                List.of());

        assertThat(result.series()).extracting(Point::inFlight).containsExactly(2L, 1L, 1L);
    }

    @Test
    @DisplayName("is zero, not undefined, where nothing was sent")
    void empty() {
        LoadResult result = Series.analyse(SPEC, List.of(), START, List.of(new Window(Stage.BASELINE, 0, 1_000)));

        assertThat(result.series()).isEmpty();
        assertThat(result.windows()).containsExactly(new WindowStats(Stage.BASELINE, 0, 0, 0, 0, 0, 0, 0, 0, Map.of()));
    }

    private static Sample sample(long atMs, long latencyMs, @Nullable String error, boolean sent) {
        return new Sample(START + atMs * 1_000_000, latencyMs * 1_000_000, error, sent);
    }
}
