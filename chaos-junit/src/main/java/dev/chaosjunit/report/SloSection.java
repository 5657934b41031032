// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.Outcome;
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
                html, "Service level objectives", "Outcome", "Window", "Objective", "Limit", "Observed", "95 % bad edge",
                "Samples");
        for (SloResult slo : slos) {
            String cssClass = Verdict.word(slo.outcome());
            table.row(cssClass).badge(slo.outcome()).text(slo.window()).stacked(slo.objective(), slo.load());
            table.number("≤ " + slo.limit()).number(slo.observed()).number(slo.badEdge());
            table.number(Numbers.count(slo.samples())).endRow();
            if (!slo.detail().isBlank()) {
                table.remark(slo.outcome() == Outcome.PASSED ? "" : cssClass, slo.detail());
            }
        }
        table.close();
    }
}
