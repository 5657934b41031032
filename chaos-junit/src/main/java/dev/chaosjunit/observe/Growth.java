// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.result.GoroutineResult.Group;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What there is more of than in the baseline, and what it waits for. */
final class Growth {
    private Growth() {}

    /** The groups that are above their baseline, largest growth first. */
    static List<Group> above(Baseline baseline, GoroutineDump dump) {
        return groups(baseline, dump, goroutine -> false);
    }

    /** As {@link #above}, with the groups of suspects, whatever their size; suspects stand for their group. */
    static List<Group> groups(Baseline baseline, GoroutineDump dump, Predicate<Goroutine> suspect) {
        return dump.groups().entrySet().stream()
                .filter(entry -> entry.getValue().size() > baseline.of(entry.getKey())
                        || entry.getValue().stream().anyMatch(suspect))
                .map(entry -> group(entry.getKey(), entry.getValue(), baseline, suspect))
                .sorted(Comparator.comparingInt((Group group) -> group.baseline() - group.after()))
                .toList();
    }

    private static Group group(String creator, List<Goroutine> all, Baseline baseline, Predicate<Goroutine> suspect) {
        List<Goroutine> telling = firstNonEmpty(all, suspect, baseline::isNew);
        String state = mostCommonState(telling);
        Goroutine example = telling.stream()
                .filter(goroutine -> goroutine.state().equals(state))
                .findFirst()
                .orElseThrow();
        return new Group(creator, baseline.of(creator), all.size(), state, example.stack());
    }

    private static List<Goroutine> firstNonEmpty(
            List<Goroutine> all, Predicate<Goroutine> suspect, Predicate<Goroutine> isNew) {
        for (Predicate<Goroutine> kind : List.of(suspect, isNew)) {
            List<Goroutine> some = all.stream().filter(kind).toList();
            if (!some.isEmpty()) {
                return some;
            }
        }
        return all;
    }

    private static String mostCommonState(List<Goroutine> goroutines) {
        Map<String, Long> states = goroutines.stream()
                .map(Goroutine::state)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return states.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }
}
