// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.observe.trace.DeadlinesLeft;
import dev.chaosjunit.observe.trace.Trace;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What was left of deadlines where requests came by, in a sentence: who had least, and who had none. */
final class DeadlineWords {
    private DeadlineWords() {}

    /** Empty where there are no traces. */
    static String of(List<Trace> traces) {
        Set<String> silent = new TreeSet<>();
        traces.forEach(trace -> trace.spans().forEach(span -> silent.add(span.service())));
        List<DeadlinesLeft> left = DeadlinesLeft.of(traces).stream()
                .sorted(Comparator.comparingLong(DeadlinesLeft::least))
                .toList();
        if (left.isEmpty()) {
            return silent.isEmpty() ? "" : none(silent.size());
        }
        left.forEach(each -> silent.remove(each.service()));
        String others = left.stream()
                .skip(1)
                .map(each -> "; " + each.service() + " " + time(each.least()))
                .collect(Collectors.joining());
        return "Least of a deadline was left at " + left.get(0).service() + ": "
                + time(left.get(0).least()) + " as one of its spans began" + others
                + (silent.isEmpty() ? "" : "; no span of " + String.join(", ", silent) + " tells of one") + ".";
    }

    private static String none(int services) {
        return services == 1
                ? "The one service got no deadline, as far as its spans tell."
                : "None of " + services + " services got a deadline, as far as their spans tell.";
    }

    private static String time(long nanos) {
        return String.format(Locale.ROOT, "%,d ms", nanos / 1_000_000);
    }
}
