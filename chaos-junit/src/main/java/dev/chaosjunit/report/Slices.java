// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.LoadResult.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of a load, few enough to draw.
 *
 * @param points in order of time, at least one
 * @param width time from one to the next, milliseconds; a low rate leaves slices without a point
 */
record Slices(List<Point> points, double width) {
    private static final double SLICE_MS = 200;

    /** Merge neighbours until at most {@code most} points are left; of each latency the worst is kept. */
    static Slices atMost(int most, List<Point> series) {
        int size = Math.max(1, (series.size() + most - 1) / most);
        List<Point> merged = new ArrayList<>();
        for (int from = 0; from < series.size(); from += size) {
            List<Point> some = series.subList(from, Math.min(from + size, series.size()));
            merged.add(some.stream().reduce(Slices::worse).orElseThrow());
        }
        return new Slices(merged, width(merged));
    }

    double start() {
        return points.get(0).atMs();
    }

    double end() {
        return points.get(points.size() - 1).atMs() + width;
    }

    /** Points without a pause between them; where nothing was sent there is no point, or one without latency. */
    List<List<Point>> stretches() {
        List<List<Point>> stretches = new ArrayList<>();
        double latest = Double.NEGATIVE_INFINITY;
        for (Point point : points) {
            if (!(point.maxMs() > 0)) {
                continue;
            }
            if (point.atMs() > latest) {
                stretches.add(new ArrayList<>());
            }
            stretches.get(stretches.size() - 1).add(point);
            latest = point.atMs() + 3 * width;
        }
        return stretches;
    }

    private static double width(List<Point> points) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < points.size(); i++) {
            least = Math.min(least, points.get(i).atMs() - points.get(i - 1).atMs());
        }
        return Double.isInfinite(least) ? SLICE_MS : least;
    }

    private static Point worse(Point a, Point b) {
        return new Point(
                a.atMs(),
                a.count() + b.count(),
                a.errors() + b.errors(),
                Math.max(a.p50Ms(), b.p50Ms()),
                Math.max(a.p99Ms(), b.p99Ms()),
                Math.max(a.maxMs(), b.maxMs()),
                Math.max(a.inFlight(), b.inFlight()));
    }
}
