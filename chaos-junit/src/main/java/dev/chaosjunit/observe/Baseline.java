// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Goroutines of a healthy process that has done the same work: the largest of a few looks.
 *
 * @param total most goroutines at one look
 * @param groups most goroutines by creating function
 * @param ids all that were seen
 * @param stuck those of them that were seen in a send or a lock
 * @param leaked what the leak profile counted; empty where there is none
 */
record Baseline(int total, Map<String, Integer> groups, Set<Long> ids, Set<Long> stuck, OptionalInt leaked) {

    static Baseline of(List<GoroutineDump> looks, OptionalInt leaked) {
        Map<String, Integer> groups = new HashMap<>();
        Set<Long> ids = new HashSet<>();
        Set<Long> stuck = new HashSet<>();
        int total = 0;
        for (GoroutineDump look : looks) {
            total = Math.max(total, look.goroutines().size());
            look.groups().forEach((creator, members) -> groups.merge(creator, members.size(), Math::max));
            look.goroutines().forEach(goroutine -> ids.add(goroutine.id()));
            look.goroutines().stream().filter(Goroutine::stuck).forEach(goroutine -> stuck.add(goroutine.id()));
        }
        return new Baseline(total, Map.copyOf(groups), Set.copyOf(ids), Set.copyOf(stuck), leaked);
    }

    int of(String group) {
        return groups.getOrDefault(group, 0);
    }

    /** Whether it waits in a send or a lock now, and did not then. */
    boolean isSuspect(Goroutine goroutine) {
        return goroutine.stuck() && !stuck.contains(goroutine.id());
    }

    boolean isNew(Goroutine goroutine) {
        return !ids.contains(goroutine.id());
    }
}
