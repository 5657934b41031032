// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.FaultResult;

/** What else was timed in a pod: how far it went on while some of its goroutines were held. */
final class MeanwhileTable {
    private MeanwhileTable() {}

    static void write(Html html, FaultResult fault) {
        if (fault.meanwhileUs().isEmpty()) {
            return;
        }
        html.open("h4").text("Meanwhile on " + fault.instance()).close();
        Table table = Table.open(
                html,
                "Measured in the process",
                Column.text("What"),
                Column.number("Count"),
                Column.number("p50"),
                Column.number("p99"),
                Column.number("Max"));
        fault.meanwhileUs().forEach((what, counts) -> {
            Histogram times = Histogram.of(counts);
            table.row().cell(what).cell(Numbers.count(times.total()));
            table.cell(quantile(times, 0.5)).cell(quantile(times, 0.99)).cell(quantile(times, 1));
            table.endRow();
        });
        table.close();
    }

    private static String quantile(Histogram times, double q) {
        return times.total() == 0 ? Numbers.UNKNOWN : Numbers.micros(times.quantile(q));
    }
}
