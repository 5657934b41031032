// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

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
        html.leaf("small", " " + Numbers.significant(load.rate()) + " requests/s").close().line();
        if (!load.series().isEmpty()) {
            LatencyChart.write(html, load, result);
        }
        Table table = Table.open(
                html, "Requests per window", "Window", "Requests", "Errors", "Unsent", "p50", "p90", "p99", "Max",
                "Kinds of errors");
        for (WindowStats window : load.windows()) {
            table.row(window.errors() + window.unsent() > 0 ? "attention" : "");
            table.text(window.window()).number(Numbers.count(window.count()));
            table.number(errors(window)).number(Numbers.count(window.unsent()));
            table.number(Numbers.time(window.p50Ms())).number(Numbers.time(window.p90Ms()));
            table.number(Numbers.time(window.p99Ms())).number(Numbers.time(window.maxMs()));
            table.text(kinds(window.errorKinds())).endRow();
        }
        table.close();
    }

    private static String errors(WindowStats window) {
        if (window.errors() == 0 || window.count() == 0) {
            return Numbers.count(window.errors());
        }
        String share = Numbers.significant(100.0 * window.errors() / window.count());
        return Numbers.count(window.errors()) + " (" + share + " %)";
    }

    private static String kinds(Map<String, Long> kinds) {
        return kinds.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(kind -> kind.getKey() + ": " + Numbers.count(kind.getValue()))
                .collect(Collectors.joining(", "));
    }
}
