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
 * @param leaked what the leak profile counted; empty where there is none
 */
record Baseline(int total, Map<String, Integer> groups, Set<Long> ids, OptionalInt leaked) {

    static Baseline of(List<GoroutineDump> looks, OptionalInt leaked) {
        Map<String, Integer> groups = new HashMap<>();
        Set<Long> ids = new HashSet<>();
        int total = 0;
        for (GoroutineDump look : looks) {
            total = Math.max(total, look.goroutines().size());
            look.groups().forEach((creator, members) -> groups.merge(creator, members.size(), Math::max));
            look.goroutines().forEach(goroutine -> ids.add(goroutine.id()));
        }
        return new Baseline(total, Map.copyOf(groups), Set.copyOf(ids), leaked);
    }

    int of(String creator) {
        return groups.getOrDefault(creator, 0);
    }

    boolean isNew(Goroutine goroutine) {
        return !ids.contains(goroutine.id());
    }
}
