// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goroutines in a send or a lock where they were not before the fault, look by look. The same one at two looks hangs, unless
 * there are fewer at its place than before: then a queue is being drained, and its turn may come.
 */
final class StuckLooks {
    private record Look(double atMs, Map<Long, String> places) {}

    private final Baseline baseline;
    private final List<Look> looks = new ArrayList<>();

    StuckLooks(Baseline baseline) {
        this.baseline = baseline;
    }

    void add(double atMs, GoroutineDump dump) {
        Map<Long, String> places = new HashMap<>();
        dump.goroutines().stream()
                .filter(baseline::isSuspect)
                .forEach(goroutine -> places.put(goroutine.id(), goroutine.createdBy() + " " + goroutine.place()));
        looks.add(new Look(atMs, places));
    }

    /** Whether there was any at the last look. */
    boolean any() {
        return !last().places().isEmpty();
    }

    /**
     * The ids of those that hang, as the last look and an earlier one have it.
     *
     * @param apart how long the two are apart at least
     */
    Set<Long> hung(Duration apart) {
        Look now = last();
        Look then = looks.stream()
                .filter(look -> look.atMs() <= now.atMs() - apart.toNanos() / 1e6)
                .reduce((earlier, later) -> later)
                .orElse(new Look(now.atMs(), Map.of()));
        return now.places().entrySet().stream()
                .filter(entry -> entry.getValue().equals(then.places().get(entry.getKey())))
                .filter(entry -> count(now, entry.getValue()) >= count(then, entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Look last() {
        return looks.isEmpty() ? new Look(0, Map.of()) : looks.get(looks.size() - 1);
    }

    private static int count(Look look, String place) {
        return Collections.frequency(look.places().values(), place);
    }
}
