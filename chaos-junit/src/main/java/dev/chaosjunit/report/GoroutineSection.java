// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Count;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.GoroutineResult.Origin;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the goroutines of an instance came back, and the stacks of those that did not. */
final class GoroutineSection {
    private static final int TOP = 24;
    private static final int BOTTOM = 140;
    private static final int MOST_ORIGINS = 12;

    private GoroutineSection() {}

    /** Goroutines at the last look, or null when nobody looked. */
    static @Nullable Double last(GoroutineResult watched) {
        List<Count> series = watched.series();
        return series.isEmpty() ? null : (double) series.get(series.size() - 1).goroutines();
    }

    static void write(Html html, GoroutineResult watched, List<Window> windows, TraceLinks links) {
        html.open("h4");
        Outcomes.badge(html, watched.outcome());
        html.text(" " + watched.instance()).close().leaf("p", watched.detail()).line();
        if (!watched.series().isEmpty()) {
            byNumber(html, watched, windows);
            chart(html, watched, windows);
            counts(html, watched.series());
        }
        if (!watched.groups().isEmpty()) {
            groups(html, watched);
            origins(html, watched.groups(), links);
        }
    }

    /** What who only counts them would say; nothing where nobody looked once the load was over. */
    private static void byNumber(Html html, GoroutineResult watched, List<Window> windows) {
        Count last = watched.series().get(watched.series().size() - 1);
        if (windows.stream().anyMatch(window -> last.atMs() <= window.endMs())) {
            return;
        }
        int more = last.goroutines() - watched.baseline();
        String that = more > 0 ? Numbers.count(more) + " above the baseline: not back" : "not above the baseline: back";
        html.leaf("p", "By number alone, as at /debug/vars: " + goroutines(last.goroutines()) + ", " + that + ".")
                .line();
    }

    private static void chart(Html html, GoroutineResult watched, List<Window> windows) {
        List<Count> series = watched.series();
        double end = Plot.end(series.get(series.size() - 1).atMs(), windows);
        int most = series.stream().mapToInt(Count::goroutines).max().orElse(0);
        Axis time = Axis.exact(Math.min(0, series.get(0).atMs()), end, Plot.LEFT, Plot.RIGHT);
        Axis count = Axis.fromZero(Math.max(most, watched.baseline()) * 1.1, BOTTOM, TOP);
        String label = "Goroutines of " + watched.instance() + " over time; figures in the table below";
        Plot plot = Plot.open(html, label, time, BOTTOM);
        plot.windows(windows, TOP);
        plot.grid(count, Numbers::whole);
        plot.line("goroutines", series, count, Count::atMs, Count::goroutines);
        double baseline = count.at(watched.baseline());
        plot.level("baseline", time.min(), time.max(), baseline, "baseline " + Numbers.count(watched.baseline()));
        double from = time.min();
        for (Count point : series) {
            plot.tip(from, point.atMs(), TOP, Numbers.at(point.atMs()) + ": " + goroutines(point.goroutines()));
            from = point.atMs();
        }
        plot.close(Numbers::second, "Baseline: after a rehearsal with the same load and no fault.");
    }

    private static void counts(Html html, List<Count> series) {
        html.open("details").leaf("summary", "Goroutines as a table");
        Table table = Table.open(html, "Goroutines over time", Column.text("At"), Column.number("Goroutines"));
        for (Count point : series) {
            table.row()
                    .cell(Numbers.at(point.atMs()))
                    .cell(Numbers.count(point.goroutines()))
                    .endRow();
        }
        table.close();
        html.close().line();
    }

    private static void groups(Html html, GoroutineResult watched) {
        Table table = Table.open(
                html,
                "Groups above their baseline",
                Column.code("Created by"),
                Column.text("State"),
                Column.number("Baseline"),
                Column.number("Last look"),
                Column.number("More"));
        boolean open = watched.outcome() != Outcome.PASSED;
        for (Group group : watched.groups()) {
            table.row().cell(group.createdBy()).cell(group.state()).cell(Numbers.count(group.baseline()));
            table.cell(Numbers.count(group.after()));
            table.cell("+" + Numbers.count(group.after() - group.baseline())).endRow();
            table.unfold("Stack", open, pre -> diff(pre, group));
            open = false;
        }
        table.close();
    }

    /** The requests that goroutines at these stacks were made for, a few a group. */
    private static void origins(Html html, List<Group> groups, TraceLinks links) {
        for (Group group : groups) {
            if (group.origins().isEmpty()) {
                continue;
            }
            int count = group.origins().stream().mapToInt(Origin::goroutines).sum();
            html.open("p").text(goroutines(count) + " created by " + group.createdBy() + " at this stack, by traces: ");
            for (int i = 0; i < Math.min(MOST_ORIGINS, group.origins().size()); i++) {
                html.text(i == 0 ? "" : ", ");
                links.write(html, group.origins().get(i));
            }
            int more = group.origins().size() - MOST_ORIGINS;
            html.text(more > 0 ? " and " + more + " more, in JSON" : "").close().line();
        }
    }

    private static void diff(Html html, Group group) {
        html.leaf("del", "- " + goroutines(group.baseline()) + " created by " + group.createdBy())
                .line();
        html.leaf(
                "ins",
                "+ " + goroutines(group.after()) + " created by " + group.createdBy() + "  [" + group.state() + "]");
        group.stack().strip().lines().forEach(frame -> html.line().text("    " + frame));
    }

    private static String goroutines(long count) {
        return Numbers.count(count, "goroutine");
    }
}
