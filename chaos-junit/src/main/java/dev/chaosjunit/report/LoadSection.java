// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.WindowStats;
import java.util.Map;
import java.util.stream.Collectors;

/** What a load saw: latency over time, and the totals of each window. */
final class LoadSection {
    private LoadSection() {}

    static void write(Html html, LoadResult load, ExperimentResult result) {
        html.open("h3").text("Latency of ").leaf("code", load.url());
        html.leaf("small", " " + Numbers.significant(load.rate()) + " requests/s")
                .close()
                .line();
        if (!load.expects().isEmpty()) {
            html.leaf("p", "Good answers: " + load.expects() + "; any other counts as an error.")
                    .line();
        }
        if (!load.series().isEmpty()) {
            LatencyChart.write(html, load, result);
            InFlightChart.write(html, load, result.windows());
        }
        Table table = Table.open(
                html,
                "Requests per window",
                Column.text("Window"),
                Column.number("Requests"),
                Column.number("Errors"),
                Column.number("Unsent"),
                Column.number("p50"),
                Column.number("p90"),
                Column.number("p99"),
                Column.number("Max"),
                Column.text("Kinds of errors"));
        for (WindowStats window : load.windows()) {
            table.row();
            table.cell(window.window().toString()).cell(Numbers.count(window.count()));
            table.cell(errors(window)).cell(Numbers.count(window.unsent()));
            table.cell(Numbers.time(window.p50Ms())).cell(Numbers.time(window.p90Ms()));
            table.cell(Numbers.time(window.p99Ms())).cell(Numbers.time(window.maxMs()));
            table.cell(kinds(window.errorKinds())).endRow();
        }
        table.close();
    }

    private static String errors(WindowStats window) {
        long sent = window.count() - window.unsent();
        if (window.errors() == 0 || sent <= 0) {
            return Numbers.count(window.errors());
        }
        String share = Numbers.significant(100.0 * window.errors() / sent);
        return Numbers.count(window.errors()) + " (" + share + " %)";
    }

    private static String kinds(Map<String, Long> kinds) {
        return kinds.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(kind -> kind.getKey() + ": " + Numbers.count(kind.getValue()))
                .collect(Collectors.joining(", "));
    }
}
