// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.result.GoroutineResult.Group;
import java.util.Comparator;
import java.util.List;
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
                .filter(entry ->
                        entry.getValue().size() > baseline.of(entry.getKey()) + Goroutine.allowance(entry.getKey())
                                || entry.getValue().stream().anyMatch(suspect))
                .map(entry -> group(entry.getKey(), entry.getValue(), baseline, suspect))
                .sorted(Comparator.comparingInt((Group group) -> group.baseline() - group.after()))
                .toList();
    }

    private static Group group(String name, List<Goroutine> all, Baseline baseline, Predicate<Goroutine> suspect) {
        List<Goroutine> telling = firstNonEmpty(all, suspect, baseline::isNew);
        Goroutine example = mostCommon(telling);
        return new Group(name, baseline.of(name), all.size(), example.state(), example.stack());
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

    /** One of those that wait for the same at the same place, where most do. */
    private static Goroutine mostCommon(List<Goroutine> goroutines) {
        return goroutines.stream().collect(Collectors.groupingBy(Goroutine::place)).values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow()
                .get(0);
    }
}
