// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.jwt.MutatedLoad;
import dev.chaosjunit.load.Expected.Statuses;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.TokenResult;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds answers against the status that a mutated token wants: a single other one decides. Pure. */
final class TokenRule {
    private static final Pattern STATUS = Pattern.compile("HTTP ([0-9]{3})");

    private TokenRule() {}

    /**
     * Judge the requests of one mutation.
     *
     * @param samples all of them; each counts by its kind, as {@link MutatedLoad} has it
     */
    static TokenResult judge(MutatedLoad load, Iterable<Sample> samples) {
        Map<String, Long> answers = new TreeMap<>();
        long unsent = 0;
        for (Sample sample : samples) {
            if (sample.sent()) {
                answers.merge(String.valueOf(sample.error()), 1L, Long::sum);
            } else {
                unsent++;
            }
        }
        String wanted = load.wanted().stream().map(Statuses::toString).collect(Collectors.joining(", "));
        Outcome outcome = outcome(load.wanted(), answers, unsent);
        return new TokenResult(
                load.spec().url().toString(),
                load.mutation().name(),
                wanted,
                answers,
                unsent,
                outcome,
                detail(load, wanted, answers, unsent));
    }

    private static Outcome outcome(List<Statuses> wanted, Map<String, Long> answers, long unsent) {
        if (!answers.keySet().stream().allMatch(answer -> isWanted(answer, wanted))) {
            return Outcome.FAILED;
        }
        return answers.isEmpty() || unsent > 0 ? Outcome.INCONCLUSIVE : Outcome.PASSED;
    }

    private static boolean isWanted(String answer, List<Statuses> wanted) {
        int status = status(answer);
        return wanted.stream().anyMatch(range -> range.first() <= status && status <= range.last());
    }

    /** 0 where there was none. */
    private static int status(String answer) {
        Matcher matcher = STATUS.matcher(answer);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String detail(MutatedLoad load, String wanted, Map<String, Long> answers, long unsent) {
        String token = "a token that is " + load.mutation().name();
        List<Map.Entry<String, Long>> others = answers.entrySet().stream()
                .filter(answer -> !isWanted(answer.getKey(), load.wanted()))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .toList();
        if (!others.isEmpty()) {
            return "with " + token + ", wanted HTTP " + wanted + ", came "
                    + others.stream()
                            .map(other -> other.getValue() + " × " + other.getKey())
                            .collect(Collectors.joining(", "))
                    + ": " + habit(load, status(others.get(0).getKey()));
        }
        if (unsent > 0) {
            return unsent + " requests with " + token + " could not be sent by the load generator";
        }
        return answers.isEmpty() ? "no request with " + token + " was sent" : "";
    }

    /** What lets a token in differs from what falls over it. */
    private static String habit(MutatedLoad load, int status) {
        if (status == 0) {
            return "it gives no answer to such a token in time";
        }
        return status >= 500
                ? "it fails at such a token instead of refusing it"
                : "it " + load.mutation().habit();
    }
}
