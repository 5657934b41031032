// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import dev.chaosjunit.observe.profile.Profile.Sample;
import dev.chaosjunit.result.GoStack;
import dev.chaosjunit.result.GoStack.Frame;
import dev.chaosjunit.result.ProfileResult.SeenStack;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples put together where they have the same functions on their stacks, from the innermost on that is not a library's: a
 * hash is one thing, in whichever of its rounds it was seen.
 */
final class SeenStacks {
    private static final int DEEPEST = 40;
    private static final String LABELLED = "runtime/pprof.Do"; // what is around it hands requests on

    private final Map<List<String>, SeenStack> byFunctions = new LinkedHashMap<>();

    void add(TakenProfile taken, Sample sample) {
        List<Frame> frames = own(sample.stack());
        List<String> functions =
                new GoStack(frames).hanging().stream().map(Frame::function).toList();
        byFunctions.merge(
                functions, new SeenStack(taken.seen(sample), taken.amount(sample), frames), SeenStacks::together);
    }

    /** The frames of the one that counts more. */
    private static SeenStack together(SeenStack one, SeenStack other) {
        SeenStack more = other.amount() > one.amount() ? other : one;
        return new SeenStack(one.samples() + other.samples(), one.amount() + other.amount(), more.frames());
    }

    private static List<Frame> own(GoStack stack) {
        List<Frame> own = stack.frames().stream()
                .takeWhile(frame -> !frame.function().equals(LABELLED))
                .limit(DEEPEST)
                .toList();
        return own.isEmpty() ? stack.frames().stream().limit(DEEPEST).toList() : own;
    }

    long samples() {
        return byFunctions.values().stream().mapToLong(SeenStack::samples).sum();
    }

    double amount() {
        return byFunctions.values().stream().mapToDouble(SeenStack::amount).sum();
    }

    /** Those that count most. */
    List<SeenStack> top(int most) {
        return byFunctions.values().stream()
                .filter(stack -> stack.amount() > 0)
                .sorted(Comparator.comparingDouble(SeenStack::amount).reversed())
                .limit(most)
                .toList();
    }
}
