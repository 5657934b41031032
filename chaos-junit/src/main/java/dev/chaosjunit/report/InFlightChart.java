// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.Point;
import dev.chaosjunit.result.Window;
import java.util.List;

/** Requests on their way over time, where they piled up: more of them than are sent in a second. */
final class InFlightChart {
    private static final int TOP = 24;
    private static final int BOTTOM = 140;
    private static final int MOST_POINTS = 400;
    private static final long FEW = 10;

    private InFlightChart() {}

    static void write(Html html, LoadResult load, List<Window> windows) {
        Slices slices = Slices.atMost(MOST_POINTS, load.series());
        long most = slices.points().stream().mapToLong(Point::inFlight).max().orElse(0);
        if (most <= Math.max(FEW, load.rate())) {
            return;
        }
        double end = Plot.end(slices.end(), windows);
        Axis time = Axis.exact(Math.min(0, slices.start()), end, Plot.LEFT, Plot.RIGHT);
        Axis count = Axis.fromZero(most * 1.1, BOTTOM, TOP);
        String label = "Requests to " + load.url() + " on their way: they piled up to " + Numbers.count(most);
        Plot plot = Plot.open(html, label, time, BOTTOM);
        plot.windows(windows, TOP);
        plot.grid(count, Numbers::whole);
        plot.line("goroutines", slices.points(), count, Point::atMs, Point::inFlight);
        slices.points()
                .forEach(point -> plot.tip(
                        point.atMs(),
                        point.atMs() + slices.width(),
                        TOP,
                        Numbers.at(point.atMs()) + ": " + Numbers.count(point.inFlight(), "request")
                                + " on their way"));
        plot.close(Numbers::second, "Requests on their way: they piled up to " + Numbers.count(most) + ".");
    }
}
