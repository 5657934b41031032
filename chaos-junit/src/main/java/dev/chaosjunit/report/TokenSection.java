// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.TokenResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Mutated tokens, and how many of the requests that carried each got which answer. */
final class TokenSection {
    private TokenSection() {}

    static void write(Html html, List<TokenResult> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        html.leaf("h3", "Mutated tokens").line();
        List<String> answers = tokens.stream()
                .flatMap(token -> token.answers().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("Outcome"));
        columns.add(Column.text("Mutation"));
        columns.add(Column.text("Wanted"));
        answers.forEach(answer -> columns.add(Column.number(answer)));
        Table table = Table.open(html, "Answers per mutation", columns.toArray(Column[]::new));
        boolean oneLoad = tokens.stream().map(TokenResult::load).distinct().count() == 1;
        for (TokenResult token : tokens) {
            table.row(token.outcome()).badge(token.outcome());
            if (oneLoad) {
                table.cell(token.mutation());
            } else {
                table.cell(token.mutation(), token.load());
            }
            table.cell("HTTP " + token.wanted());
            answers.forEach(answer -> table.cell(Numbers.count(token.answers().getOrDefault(answer, 0L))));
            table.endRow();
            if (!token.detail().isEmpty()) {
                table.remark(token.outcome(), token.detail());
            }
        }
        table.close();
    }

    /** {@code 12 × HTTP 401, 1 × timeout}. */
    static String answers(TokenResult token) {
        return token.answers().isEmpty()
                ? "none was sent"
                : token.answers().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(answer -> answer.getValue() + " × " + answer.getKey())
                        .collect(Collectors.joining(", "));
    }
}
