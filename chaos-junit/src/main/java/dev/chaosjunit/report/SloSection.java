// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.SloResult;
import java.util.List;

/** The objectives, each held against its window. */
final class SloSection {
    private SloSection() {}

    static void write(Html html, List<SloResult> slos) {
        html.leaf("h3", "Objectives").line();
        if (slos.isEmpty()) {
            html.leaf("p", "No objective was held against this run.").line();
            return;
        }
        Table table = Table.open(
                html,
                "Service level objectives",
                Column.text("Outcome"),
                Column.text("Window"),
                Column.text("Objective"),
                Column.number("Limit"),
                Column.number("Observed"),
                Column.number("95 % bad edge"),
                Column.number("Samples"));
        boolean oneLoad = slos.stream().map(SloResult::load).distinct().count() == 1;
        for (SloResult slo : slos) {
            table.row(slo.outcome()).badge(slo.outcome()).cell(slo.window().toString());
            if (oneLoad) {
                table.cell(slo.objective());
            } else {
                table.cell(slo.objective(), slo.load());
            }
            table.cell("≤ " + slo.limit()).cell(slo.observed()).cell(slo.badEdge());
            table.cell(Numbers.count(slo.samples())).endRow();
            if (!slo.detail().isBlank()) {
                table.remark(slo.outcome(), slo.detail());
            }
        }
        table.close();
    }
}
