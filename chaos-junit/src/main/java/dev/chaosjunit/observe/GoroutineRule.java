// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Whether goroutines came back. Pure: dumps in, verdict out.
 *
 * <ol>
 *   <li>A leak profile above its own baseline is a leak: the Go runtime proved that these can never wake.
 *   <li>The same goroutine in a channel send or a mutex lock at two looks, and not in the baseline, is a leak, unless its
 *       like get fewer: {@link StuckLooks}.
 *   <li>No group of a creating function above its baseline: came back. {@link IdleConnections} do not count.
 *   <li>Otherwise they are not back in time, and a repetition of the fault tells whether they leak or are slow to end
 *       (pools): {@link Repetitions}.
 * </ol>
 *
 * <p>Plain numbers are not compared: idle connections fail healthy services. Nothing else is left out: a call without a
 * time-out waits in {@code IO wait}, and shows in no other way.
 */
final class GoroutineRule {
    private final Baseline baseline;

    GoroutineRule(Baseline baseline) {
        this.baseline = baseline;
    }

    /**
     * A verdict.
     *
     * @param groups the evidence, largest growth first
     * @param unsure whether a repetition of the fault could tell more
     */
    record Finding(Outcome outcome, String detail, List<Group> groups, boolean unsure) {
        Finding(Outcome outcome, String detail, List<Group> groups) {
            this(outcome, detail, groups, false);
        }
    }

    /** At any look: whether all is back already. */
    boolean back(GoroutineDump look, OptionalInt leaked) {
        return look.goroutines().stream().noneMatch(baseline::isSuspect)
                && Growth.above(baseline, look).isEmpty()
                && !isLeak(leaked);
    }

    Finding cameBack(Duration after) {
        String detail = "back at or below the baseline of " + baseline.total() + " goroutines "
                + Durations.format(after) + " after the fault";
        return new Finding(Outcome.PASSED, detail, List.of());
    }

    /**
     * All rules, at the last look.
     *
     * @param hung ids of those that are stuck, as {@link StuckLooks#hung} has them
     * @param last the look when the time is over, taken after the leak profile
     * @param leaked the leak profile's count, empty where there is none
     * @param after from the end of the fault to the last look
     */
    Finding judge(Set<Long> hung, GoroutineDump last, OptionalInt leaked, Duration after) {
        if (isLeak(leaked)) {
            return leakProfile(last, leaked);
        }
        if (!hung.isEmpty()) {
            return stuck(last, hung, after);
        }
        List<Group> above = Growth.above(baseline, last);
        if (above.isEmpty()) {
            return cameBack(after);
        }
        String detail = "not back " + Durations.format(after) + " after the fault" + Sentences.list(above)
                + "; unsure whether they leak or are slow to end (pools, queues)";
        return new Finding(Outcome.FAILED, detail, above, true);
    }

    /** Whether the leak profile is above its own baseline. */
    boolean isLeak(OptionalInt leaked) {
        return leaked.orElse(0) > baseline.leaked().orElse(0);
    }

    Finding leakProfile(GoroutineDump last, OptionalInt leaked) {
        boolean anyNew = last.goroutines().stream().anyMatch(g -> g.leaked() && baseline.isNew(g));
        List<Group> groups = Growth.groups(baseline, last, g -> g.leaked() && (!anyNew || baseline.isNew(g)));
        String detail = "leak: the Go runtime found " + Sentences.goroutines(leaked.orElse(0))
                + " that can never wake again (baseline " + baseline.leaked().orElse(0) + ")" + Sentences.list(groups);
        return new Finding(Outcome.FAILED, detail, groups);
    }

    private Finding stuck(GoroutineDump last, Set<Long> hung, Duration after) {
        List<Goroutine> stuck = last.goroutines().stream()
                .filter(goroutine -> hung.contains(goroutine.id()))
                .toList();
        List<Group> groups = Growth.groups(baseline, last, stuck::contains);
        String detail = "leak: " + Sentences.goroutines(stuck.size()) + (stuck.size() == 1 ? " is" : " are")
                + " stuck in " + stuck.get(0).state() + ", still the same " + Durations.format(after)
                + " after the fault and not before it" + Sentences.list(groups);
        return new Finding(Outcome.FAILED, detail, groups);
    }

    /** The fourth, after as many repetitions as it takes. */
    static Finding repeated(Repetitions repetitions) {
        List<Group> leaking = repetitions.leaking();
        if (!leaking.isEmpty()) {
            String detail = "leak: they grow each time the fault is repeated" + Sentences.list(leaking, repetitions);
            return new Finding(Outcome.FAILED, detail, leaking);
        }
        String detail = "bounded: more than at the baseline, but they do not go on growing when the fault is repeated"
                + Sentences.list(repetitions.groups(), repetitions);
        return new Finding(Outcome.PASSED, detail, repetitions.groups());
    }
}
