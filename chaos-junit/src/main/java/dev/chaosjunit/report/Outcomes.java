// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Outcomes in words and signs; never by colour alone. */
final class Outcomes {
    private Outcomes() {}

    static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    static String sign(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case INCONCLUSIVE -> "?";
        };
    }

    static Outcome overall(List<ExperimentResult> results) {
        return results.stream().map(ExperimentResult::outcome).reduce(Outcome.PASSED, Outcome::and);
    }

    /** {@code 1 failed, 2 inconclusive, 3 passed}; outcomes that did not occur are left out. */
    static String counts(List<ExperimentResult> results) {
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.INCONCLUSIVE, Outcome.PASSED)) {
            long count = results.stream().filter(r -> r.outcome() == outcome).count();
            if (count > 0) {
                counts.add(count + " " + word(outcome));
            }
        }
        return counts.isEmpty() ? "no experiment" : String.join(", ", counts);
    }

    static void badge(Html html, Outcome outcome) {
        html.leaf("span", sign(outcome) + " " + word(outcome), "class", "badge " + word(outcome));
    }

    /** Failed first, for that is what a reader came for. */
    static int gravity(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> 0;
            case INCONCLUSIVE -> 1;
            case PASSED -> 2;
        };
    }
}
