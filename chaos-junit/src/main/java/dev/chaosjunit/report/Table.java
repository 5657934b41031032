// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.Outcome;
import java.util.List;
import java.util.function.Consumer;

/** A table that turns into cards on a narrow screen: each cell carries its heading. */
final class Table {
    private final Html html;
    private final List<Column> columns;
    private int next;

    /** A column: its heading, and how its cells look. */
    record Column(String heading, String cssClass) {
        static Column text(String heading) {
            return new Column(heading, "text");
        }

        static Column number(String heading) {
            return new Column(heading, "number");
        }

        static Column code(String heading) {
            return new Column(heading, "code");
        }
    }

    private Table(Html html, List<Column> columns) {
        this.html = html;
        this.columns = columns;
    }

    static Table open(Html html, String caption, Column... columns) {
        html.open("table").leaf("caption", caption).open("thead").open("tr");
        for (Column column : columns) {
            html.leaf("th", column.heading(), "scope", "col", "class", column.cssClass());
        }
        html.close().close().open("tbody").line();
        return new Table(html, List.of(columns));
    }

    Table row() {
        html.open("tr");
        next = 0;
        return this;
    }

    Table row(Outcome outcome) {
        html.open("tr", "class", Outcomes.word(outcome));
        next = 0;
        return this;
    }

    Table cell(String text) {
        openCell();
        html.text(text).close();
        return this;
    }

    /** A cell with something of lesser weight below. */
    Table cell(String text, String below) {
        openCell();
        html.open("div").leaf("div", text).leaf("div", below, "class", "below");
        html.close().close();
        return this;
    }

    Table badge(Outcome outcome) {
        openCell();
        Outcomes.badge(html, outcome);
        html.close();
        return this;
    }

    Table endRow() {
        html.close().line();
        return this;
    }

    /** A row over all columns that says more about the row above. */
    Table remark(Outcome outcome, String text) {
        openRemark(outcome == Outcome.PASSED ? "remark" : "remark " + Outcomes.word(outcome));
        html.text(text).close().close().line();
        return this;
    }

    /** A row over all columns with preformatted text to unfold. */
    Table unfold(String name, boolean open, Consumer<Html> content) {
        openRemark("remark");
        if (open) {
            html.open("details", "open", "");
        } else {
            html.open("details");
        }
        html.leaf("summary", name).open("pre");
        content.accept(html);
        html.close().close().close().close().line();
        return this;
    }

    void close() {
        html.close().close().line();
    }

    private void openCell() {
        Column column = columns.get(next++);
        html.open("td", "class", column.cssClass(), "data-heading", column.heading());
    }

    private void openRemark(String cssClass) {
        html.open("tr", "class", cssClass).open("td", "colspan", String.valueOf(columns.size()));
    }
}
