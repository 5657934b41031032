// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.Point;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Latency over time on a logarithmic scale, limits drawn where they hold, failed requests below. */
final class LatencyChart {
    private static final int TOP = 24;
    private static final int BOTTOM = 224;
    private static final int ERRORS_TOP = 244;
    private static final int ERRORS_BOTTOM = 286;
    private static final int MOST_POINTS = 400;

    private final LoadResult load;
    private final ExperimentResult result;
    private final Slices slices;
    private final List<Drawn> limits;

    /** A limit of latency, and the window where it holds. */
    private record Drawn(Stage window, String name, double millis) {}

    private LatencyChart(LoadResult load, ExperimentResult result) {
        this.load = load;
        this.result = result;
        this.slices = Slices.atMost(MOST_POINTS, load.series());
        this.limits = result.slos().stream()
                .filter(slo -> slo.load().equals(load.url()))
                .flatMap(LatencyChart::drawn)
                .toList();
    }

    static void write(Html html, LoadResult load, ExperimentResult result) {
        new LatencyChart(load, result).write(html);
    }

    private void write(Html html) {
        double end = Plot.end(slices.end(), result.windows());
        Axis time = Axis.exact(Math.min(0, slices.start()), end, Plot.LEFT, Plot.RIGHT);
        Axis latency = Axis.logarithmic(lowest(), highest(), BOTTOM, TOP);
        legend(html);
        Plot plot =
                Plot.open(html, "Latency of " + load.url() + " over time; figures in the table", time, ERRORS_BOTTOM);
        plot.windows(result.windows(), TOP);
        plot.grid(latency, Numbers::time);
        for (List<Point> stretch : slices.stretches()) {
            plot.line("max", stretch, latency, Point::atMs, Point::maxMs);
            plot.line("p99", stretch, latency, Point::atMs, Point::p99Ms);
            plot.line("p50", stretch, latency, Point::atMs, Point::p50Ms);
        }
        limits(plot, latency);
        errors(plot);
        slices.points().forEach(point -> plot.tip(point.atMs(), point.atMs() + slices.width(), TOP, describe(point)));
        plot.close(Numbers::second, "Logarithmic scale. Point at the chart to read a moment's figures.");
    }

    private static void legend(Html html) {
        html.open("p", "class", "legend", "aria-hidden", "true");
        for (String name : List.of("p50", "p99", "max", "limit", "errors")) {
            html.leaf("span", name, "class", "key " + name);
        }
        html.close().line();
    }

    private void limits(Plot plot, Axis latency) {
        for (Drawn limit : limits) {
            for (Window window : result.windows()) {
                if (window.stage() == limit.window()) {
                    plot.level("limit", window.startMs(), window.endMs(), latency.at(limit.millis()), limit.name());
                }
            }
        }
    }

    private static Stream<Drawn> drawn(SloResult slo) {
        return slo.limit() instanceof Limit.Latency limit
                ? Stream.of(new Drawn(slo.window(), slo.objective() + " ≤ " + limit, limit.millis()))
                : Stream.empty();
    }

    private void errors(Plot plot) {
        long most = slices.points().stream().mapToLong(Point::errors).max().orElse(0);
        if (most == 0) {
            plot.note(ERRORS_BOTTOM - 8.0, "no request failed");
            return;
        }
        Axis count = new Axis(0, (double) most, ERRORS_BOTTOM, ERRORS_TOP, false);
        plot.tick(ERRORS_TOP, Numbers.count(most, "error"));
        for (Point point : slices.points()) {
            if (point.errors() > 0) {
                plot.bar(
                        "errors",
                        point.atMs(),
                        point.atMs() + slices.width(),
                        count.at((double) point.errors()),
                        ERRORS_BOTTOM);
            }
        }
    }

    private String describe(Point point) {
        String window = result.windows().stream()
                .filter(w -> w.startMs() <= point.atMs() && point.atMs() < w.endMs())
                .map(w -> " (" + w.stage() + ")")
                .findFirst()
                .orElse("");
        return Numbers.at(point.atMs()) + window + ": " + Numbers.count(point.count(), "request") + ", "
                + Numbers.count(point.errors(), "error") + ", p50 " + Numbers.time(point.p50Ms()) + ", p99 "
                + Numbers.time(point.p99Ms()) + ", max " + Numbers.time(point.maxMs());
    }

    private double lowest() {
        return slices.points().stream()
                .mapToDouble(Point::p50Ms)
                .filter(v -> v > 0)
                .min()
                .orElse(1);
    }

    /** Above the limits too, so that one sees how far away they are. */
    private double highest() {
        DoubleStream measured = slices.points().stream().mapToDouble(Point::maxMs);
        DoubleStream allowed = limits.stream().mapToDouble(limit -> 1.5 * limit.millis());
        return DoubleStream.concat(measured, allowed).filter(v -> v > 0).max().orElse(10);
    }
}
