// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.Point;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Latency over time on a logarithmic scale, limits drawn where they hold, failed requests below. */
final class LatencyChart {
    private static final int TOP = 24;
    private static final int BOTTOM = 224;
    private static final int ERRORS_TOP = 244;
    private static final int ERRORS_BOTTOM = 286;
    private static final int MOST_POINTS = 400;

    private final LoadResult load;
    private final ExperimentResult result;
    private final List<Point> points;
    private final List<SloResult> limits;
    private final double step;

    private LatencyChart(LoadResult load, ExperimentResult result) {
        this.load = load;
        this.result = result;
        this.points = worstOf(load.series(), MOST_POINTS);
        this.limits = result.slos().stream()
                .filter(slo -> slo.load().equals(load.url()) && slo.objective().matches("p[0-9.]+|max"))
                .toList();
        this.step =
                points.size() < 2 ? 200 : points.get(1).atMs() - points.get(0).atMs();
    }

    static void write(Html html, LoadResult load, ExperimentResult result) {
        new LatencyChart(load, result).write(html);
    }

    private void write(Html html) {
        double end = points.get(points.size() - 1).atMs() + step;
        for (Window window : result.windows()) {
            end = Math.max(end, window.endMs());
        }
        Axis time = Axis.exact(Math.min(0, points.get(0).atMs()), end, Plot.LEFT, Plot.RIGHT);
        Axis latency = Axis.logarithmic(lowest(), highest(), BOTTOM, TOP);
        legend(html);
        Plot plot =
                Plot.open(html, "Latency of " + load.url() + " over time; figures in the table", time, ERRORS_BOTTOM);
        plot.windows(result.windows(), TOP);
        plot.grid(latency, Numbers::time);
        plot.line("max", points, latency, Point::atMs, answered(Point::maxMs));
        plot.line("p99", points, latency, Point::atMs, answered(Point::p99Ms));
        plot.line("p50", points, latency, Point::atMs, answered(Point::p50Ms));
        limits(plot, latency);
        errors(plot);
        points.forEach(point -> plot.tip(point.atMs(), point.atMs() + step, TOP, describe(point)));
        plot.close(Numbers::second, "Each point is " + Numbers.time(step) + "; logarithmic scale.");
    }

    private static void legend(Html html) {
        html.open("p", "class", "legend", "aria-hidden", "true");
        for (String name : List.of("p50", "p99", "max", "limit", "errors")) {
            html.leaf("span", name, "class", "key " + name);
        }
        html.close().line();
    }

    private void limits(Plot plot, Axis latency) {
        for (SloResult slo : limits) {
            for (Window window : result.windows()) {
                if (window.name().equals(slo.window())) {
                    String name = slo.objective() + " ≤ " + slo.limit();
                    plot.level("limit", window.startMs(), window.endMs(), latency.at(limitMs(slo)), name);
                }
            }
        }
    }

    private static double limitMs(SloResult slo) {
        return Durations.parse(slo.limit()).toNanos() / 1e6;
    }

    private void errors(Plot plot) {
        long most = points.stream().mapToLong(Point::errors).max().orElse(0);
        if (most == 0) {
            plot.note(ERRORS_BOTTOM - 8.0, "no request failed");
            return;
        }
        Axis count = new Axis(0, (double) most, ERRORS_BOTTOM, ERRORS_TOP, false);
        plot.tick(ERRORS_TOP, Numbers.count(most, "error"));
        for (Point point : points) {
            if (point.errors() > 0) {
                plot.bar("errors", point.atMs(), point.atMs() + step, count.at((double) point.errors()), ERRORS_BOTTOM);
            }
        }
    }

    private String describe(Point point) {
        String window = result.windows().stream()
                .filter(w -> w.startMs() <= point.atMs() && point.atMs() < w.endMs())
                .map(w -> " (" + w.name() + ")")
                .findFirst()
                .orElse("");
        return Numbers.at(point.atMs()) + window + ": " + Numbers.count(point.count(), "request") + ", "
                + Numbers.count(point.errors(), "error") + ", p50 " + Numbers.time(point.p50Ms()) + ", p99 "
                + Numbers.time(point.p99Ms()) + ", max " + Numbers.time(point.maxMs());
    }

    private double lowest() {
        return points.stream()
                .mapToDouble(Point::p50Ms)
                .filter(v -> v > 0)
                .min()
                .orElse(1);
    }

    private double highest() {
        return points.stream()
                .mapToDouble(Point::maxMs)
                .filter(v -> v > 0)
                .max()
                .orElse(10);
    }

    private static ToDoubleFunction<Point> answered(ToDoubleFunction<Point> value) {
        return point -> point.count() == 0 ? Double.NaN : value.applyAsDouble(point);
    }

    /** Merge neighbours until at most {@code most} points are left; of each latency the worst is kept. */
    static List<Point> worstOf(List<Point> series, int most) {
        int size = (series.size() + most - 1) / most;
        if (size <= 1) {
            return series;
        }
        List<Point> merged = new ArrayList<>();
        for (int from = 0; from < series.size(); from += size) {
            List<Point> some = series.subList(from, Math.min(from + size, series.size()));
            merged.add(some.stream().reduce(LatencyChart::worse).orElseThrow());
        }
        return merged;
    }

    private static Point worse(Point a, Point b) {
        return new Point(
                a.atMs(),
                a.count() + b.count(),
                a.errors() + b.errors(),
                Math.max(a.p50Ms(), b.p50Ms()),
                Math.max(a.p99Ms(), b.p99Ms()),
                Math.max(a.maxMs(), b.maxMs()));
    }
}
