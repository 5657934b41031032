// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.result.GoroutineResult.Group;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Groups of goroutines in words: foremost the function that hangs, which is mostly not the one that started it. */
final class Sentences {
    private Sentences() {}

    static String goroutines(int count) {
        return count + (count == 1 ? " goroutine" : " goroutines");
    }

    static String list(List<Group> groups) {
        return list(groups, group -> group.baseline() + " \u2192 " + group.after());
    }

    static String list(List<Group> groups, Repetitions repetitions) {
        return list(groups, repetitions::course);
    }

    private static String list(List<Group> groups, Function<Group, String> sizes) {
        if (groups.isEmpty()) {
            return "";
        }
        return groups.stream()
                .map(group -> where(group) + group.createdBy() + " " + sizes.apply(group) + " (" + group.state() + ")")
                .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String where(Group group) {
        return group.hanging().stream()
                .findFirst()
                .map(frame -> frame.function() + ", created by ")
                .orElse("");
    }
}
