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

/**
 * Samples as a chart and a table show them. A sample belongs to the slice and the window of its planned time; requests
 * that were not sent count as such and enter neither latencies nor errors.
 */
public final class Series {
    /** Width of a point, milliseconds. */
    public static final double SLICE_MS = 200;

    private Series() {}

    /**
     * Summarise a load. Latencies of windows are exact, those of points to 0.1 %; they are 0 where nothing was sent.
     *
     * @param samples ordered by planned time, as {@link OpenLoad#samples()} has them
     * @param startNanos the experiment's start, on {@link System#nanoTime()}'s clock; earlier samples are left out
     * @param windows the windows to have totals of
     */
    public static LoadResult analyse(LoadSpec spec, List<Sample> samples, long startNanos, List<Window> windows) {
        List<WindowStats> totals = windows.stream()
                .map(window -> totals(window, within(window, samples, startNanos)))
                .toList();
        return new LoadResult(
                spec.url().toString(),
                spec.rate().perSecond(),
                spec.expected().describe(),
                points(samples, startNanos),
                totals);
    }

    /** The samples that were planned in a window, its end excluded; gone through anew each time. */
    private static Iterable<Sample> within(Window window, List<Sample> samples, long startNanos) {
        return () -> samples.stream()
                .filter(sample -> atMs(sample, startNanos) >= window.startMs())
                .filter(sample -> atMs(sample, startNanos) < window.endMs())
                .iterator();
    }

    private static double atMs(Sample sample, long startNanos) {
        return (sample.plannedNanos() - startNanos) / 1e6;
    }

    private static List<Point> points(List<Sample> samples, long startNanos) {
        Backlog backlog = Backlog.of(samples, startNanos);
        List<Point> points = new ArrayList<>();
        Slice current = new Slice();
        for (Sample sample : samples) {
            double atMs = atMs(sample, startNanos);
            if (atMs >= 0) {
                long slice = (long) (atMs / SLICE_MS);
                if (!current.isOf(slice)) {
                    current.end(points, backlog);
                }
                current.add(slice, sample);
            }
        }
        current.end(points, backlog);
        return List.copyOf(points);
    }

    private static WindowStats totals(Window window, Iterable<Sample> samples) {
        Latencies latencies = Latencies.of(samples);
        Map<String, Long> kinds = new TreeMap<>();
        long count = 0;
        long failed = 0;
        for (Sample sample : samples) {
            count++;
            String error = sample.error();
            if (error != null) {
                kinds.merge(error, 1L, Long::sum);
                failed += sample.sent() ? 1 : 0;
            }
        }
        return new WindowStats(
                window.stage(),
                count,
                failed,
                count - latencies.count(),
                latencies.quantile(0.5) / 1e6,
                latencies.quantile(0.9) / 1e6,
                latencies.quantile(0.99) / 1e6,
                latencies.quantile(1) / 1e6,
                latencies.mean() / 1e6,
                Map.copyOf(kinds));
    }
}
