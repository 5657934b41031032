// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

/** A table in Markdown, printed row by row as its figures come. */
final class Table {
    Table(String title, String... columns) {
        System.out.println("\n**" + title + "**\n");
        row((Object[]) columns);
        System.out.println("|" + "---|".repeat(columns.length));
    }

    void row(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        System.out.println(line);
        System.out.flush();
    }
}
