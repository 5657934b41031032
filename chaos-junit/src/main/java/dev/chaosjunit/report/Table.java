// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.Outcome;
import java.util.function.Consumer;

/** A table that turns into cards on a narrow screen: each cell carries its heading. */
final class Table {
    private final Html html;
    private final String[] headings;
    private int column;

    private Table(Html html, String[] headings) {
        this.html = html;
        this.headings = headings;
    }

    static Table open(Html html, String caption, String... headings) {
        html.open("table").leaf("caption", caption).open("thead").open("tr");
        for (String heading : headings) {
            html.leaf("th", heading, "scope", "col");
        }
        html.close().close().open("tbody").line();
        return new Table(html, headings);
    }

    Table row(String cssClass) {
        html.open("tr", "class", cssClass);
        column = 0;
        return this;
    }

    Table text(String text) {
        return cell("", text);
    }

    Table number(String text) {
        return cell("number", text);
    }

    Table code(String text) {
        return cell("code", text);
    }

    /** A cell with something of lesser weight below. */
    Table stacked(String text, String below) {
        html.open("td", "data-heading", headings[column++]).open("div").leaf("div", text);
        html.leaf("div", below, "class", "below").close().close();
        return this;
    }

    Table badge(Outcome outcome) {
        html.open("td", "data-heading", headings[column++]);
        Verdict.badge(html, outcome);
        html.close();
        return this;
    }

    Table endRow() {
        html.close().line();
        return this;
    }

    /** A row over all columns that says more about the row above. */
    Table remark(String cssClass, String text) {
        html.open("tr", "class", "remark " + cssClass);
        html.leaf("td", text, "colspan", String.valueOf(headings.length)).close().line();
        return this;
    }

    /** A row over all columns with preformatted text to unfold. */
    Table unfold(String name, boolean open, Consumer<Html> content) {
        html.open("tr", "class", "remark").open("td", "colspan", String.valueOf(headings.length));
        html.raw(open ? "<details open>" : "<details>").leaf("summary", name).open("pre");
        content.accept(html);
        html.close().raw("</details>").close().close().line();
        return this;
    }

    void close() {
        html.close().close().line();
    }

    private Table cell(String cssClass, String text) {
        html.leaf("td", text, "class", cssClass, "data-heading", headings[column++]);
        return this;
    }
}
