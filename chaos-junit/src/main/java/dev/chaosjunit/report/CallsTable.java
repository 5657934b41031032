// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import dev.chaosjunit.result.TraceResult.TracedWindow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Calls of each window side by side: whether a fault made retries, and whether they ended with it. */
final class CallsTable {
    private final List<TracedWindow> windows;

    /** Who calls whom. */
    private record Pair(String from, String to) {
        boolean is(ServiceCalls calls) {
            return calls.from().equals(from) && calls.to().equals(to);
        }
    }

    private CallsTable(List<TracedWindow> windows) {
        this.windows = windows;
    }

    static void write(Html html, List<TracedWindow> windows) {
        new CallsTable(windows).write(html);
    }

    private void write(Html html) {
        List<Pair> pairs = windows.stream()
                .flatMap(window -> window.calls().stream())
                .map(calls -> new Pair(calls.from(), calls.to()))
                .distinct()
                .toList();
        if (pairs.isEmpty()) {
            return;
        }
        html.leaf("h4", "Calls, window by window").line();
        Column[] columns = Stream.concat(
                        Stream.of(Column.text("From"), Column.text("To")),
                        windows.stream()
                                .map(window -> Column.text(window.window().toString())))
                .toArray(Column[]::new);
        Table table = Table.open(html, "Calls of services per window", columns);
        for (Pair pair : pairs) {
            boolean faulted = windows.stream()
                    .anyMatch(window ->
                            find(window, pair).filter(ServiceCalls::faulted).isPresent());
            table.row().cell(pair.from());
            cell(table, pair.to(), faulted ? "fault on the way" : "");
            windows.forEach(window -> cell(table, window, pair));
            table.endRow();
        }
        table.close();
    }

    private void cell(Table table, TracedWindow window, Pair pair) {
        Optional<ServiceCalls> calls = find(window, pair);
        if (calls.isEmpty()) {
            table.cell(window.traced() == 0 ? Numbers.UNKNOWN : "not called");
            return;
        }
        ServiceCalls found = calls.orElseThrow();
        String more = surelyMore(window, found, pair) ? ", more than before" : "";
        String below = CallWords.interval(found) + "\n" + CallWords.failed(found) + "\n" + CallWords.times(found);
        table.cell(CallWords.perRequest(found) + more, below);
    }

    private static void cell(Table table, String text, String below) {
        if (below.isEmpty()) {
            table.cell(text);
        } else {
            table.cell(text, below);
        }
    }

    /** Whether its interval is above that of the baseline. */
    private boolean surelyMore(TracedWindow window, ServiceCalls calls, Pair pair) {
        return window.window() != Stage.BASELINE
                && windows.stream()
                        .filter(other -> other.window() == Stage.BASELINE)
                        .flatMap(baseline -> find(baseline, pair).stream())
                        .anyMatch(before -> calls.lower() > before.upper());
    }

    private static Optional<ServiceCalls> find(TracedWindow window, Pair pair) {
        return window.calls().stream().filter(pair::is).findFirst();
    }
}
