// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.Point;
import dev.chaosjunit.result.LoadResult.WindowStats;
import dev.chaosjunit.result.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Samples as a chart and a table show them. A sample belongs to the slice and the window of its planned time; requests
 * that were not sent count as such and enter neither latencies nor errors.
 */
public final class Series {
    /** Width of a point, milliseconds. */
    public static final double SLICE_MS = 200;

    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS = 3;

    private Series() {}

    /**
     * Summarise a load. Latencies of windows are exact, those of points to 0.1 %; they are 0 where nothing was sent.
     *
     * @param samples ordered by planned time, as {@link OpenLoad#samples()} has them
     * @param startNanos the experiment's start, on {@link System#nanoTime()}'s clock; earlier samples are left out
     * @param windows the windows to have totals of
     */
    public static LoadResult analyse(LoadSpec spec, List<Sample> samples, long startNanos, List<Window> windows) {
        Map<Long, List<Sample>> slices = new TreeMap<>();
        for (Sample sample : samples) {
            double atMs = atMs(sample, startNanos);
            if (atMs >= 0) {
                slices.computeIfAbsent((long) (atMs / SLICE_MS), key -> new ArrayList<>())
                        .add(sample);
            }
        }
        List<WindowStats> totals = windows.stream()
                .map(window -> totals(window, within(window, samples, startNanos)))
                .toList();
        return new LoadResult(
                spec.url().toString(), spec.rate().perSecond(), spec.expected().describe(), points(slices), totals);
    }

    /** The samples that were planned in a window, its end excluded. */
    public static List<Sample> within(Window window, List<Sample> samples, long startNanos) {
        return samples.stream()
                .filter(sample -> atMs(sample, startNanos) >= window.startMs())
                .filter(sample -> atMs(sample, startNanos) < window.endMs())
                .toList();
    }

    private static double atMs(Sample sample, long startNanos) {
        return (sample.plannedNanos() - startNanos) / 1e6;
    }

    private static List<Point> points(Map<Long, List<Sample>> slices) {
        Histogram histogram = new Histogram(LONGEST_MICROS, DIGITS);
        List<Point> points = new ArrayList<>();
        slices.forEach((slice, samples) -> {
            record(histogram, samples);
            points.add(new Point(
                    slice * SLICE_MS,
                    samples.size(),
                    errors(samples),
                    ms(histogram, 50),
                    ms(histogram, 99),
                    ms(histogram, 100)));
        });
        return List.copyOf(points);
    }

    private static WindowStats totals(Window window, List<Sample> samples) {
        Latencies latencies = Latencies.of(samples);
        Map<String, Long> kinds = new TreeMap<>();
        for (Sample sample : samples) {
            String error = sample.error();
            if (error != null) {
                kinds.merge(error, 1L, Long::sum);
            }
        }
        return new WindowStats(
                window.stage(),
                samples.size(),
                errors(samples),
                samples.stream().filter(sample -> !sample.sent()).count(),
                latencies.quantile(0.5) / 1e6,
                latencies.quantile(0.9) / 1e6,
                latencies.quantile(0.99) / 1e6,
                latencies.quantile(1) / 1e6,
                Map.copyOf(kinds));
    }

    private static void record(Histogram histogram, List<Sample> samples) {
        histogram.reset();
        samples.stream()
                .filter(Sample::sent)
                .mapToLong(sample -> Math.min(sample.latencyNanos() / 1_000, LONGEST_MICROS))
                .forEach(histogram::recordValue);
    }

    private static long errors(List<Sample> samples) {
        return samples.stream().filter(Sample::sent).filter(Sample::failed).count();
    }

    private static double ms(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1_000.0;
    }
}
