// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.TraceResult.Slower;
import java.util.List;

/** Where the time went that requests took longer. */
final class SlowerTable {
    private SlowerTable() {}

    static void write(Html html, List<Slower> slower) {
        if (slower.isEmpty()) {
            return;
        }
        html.leaf("h4", "Where the time went");
        html.leaf("p", "A part's own time in a request, without what it waited for others; the median of all requests.")
                .line();
        Table table = Table.open(
                html,
                "Where the time went",
                Column.text("Part"),
                Column.number("Before"),
                Column.number("Under the fault"),
                Column.number("More"));
        for (Slower part : slower) {
            table.row().cell(part.part()).cell(Numbers.time(part.beforeMs()));
            table.cell(Numbers.time(part.faultMs()));
            table.cell("+" + Numbers.time(part.faultMs() - part.beforeMs())).endRow();
        }
        table.close();
    }
}
