// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether goroutines came back. Pure: dumps in, verdict out.
 *
 * <ol>
 *   <li>A leak profile above its own baseline is a leak: the Go runtime proved that these can never wake.
 *   <li>The same new goroutine in a channel send or a mutex lock at both looks is a leak.
 *   <li>No group of a creating function above its baseline: came back.
 *   <li>Otherwise they are not back in time. Only a repetition of the fault could tell whether they leak or are slow
 *       to end (idle connections, pools); the detail says so.
 * </ol>
 *
 * <p>Plain numbers are not compared: idle connections fail healthy services. Nothing is left out either: a call without
 * a time-out waits in {@code IO wait}, and shows in no other way.
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
     */
    record Finding(Outcome outcome, String detail, List<Group> groups) {}

    /** Rule 1 and 3, at any look: whether all is back already. */
    boolean back(GoroutineDump look, OptionalInt leaked) {
        return Growth.above(baseline, look).isEmpty() && newlyLeaked(leaked) <= 0;
    }

    Finding cameBack(Duration after) {
        String detail = "back at or below the baseline of " + baseline.total() + " goroutines "
                + Durations.format(after) + " after the fault";
        return new Finding(Outcome.PASSED, detail, List.of());
    }

    /**
     * All rules, at the last look.
     *
     * @param first the look soon after the fault
     * @param last the look when the time is over, taken after the leak profile
     * @param leaked the leak profile's count, empty where there is none
     * @param after from the end of the fault to the last look
     */
    Finding judge(GoroutineDump first, GoroutineDump last, OptionalInt leaked, Duration after) {
        if (newlyLeaked(leaked) > 0) {
            return leakProfile(last, leaked.getAsInt());
        }
        Set<Long> stuckBefore = first.goroutines().stream()
                .filter(baseline::isNew)
                .filter(Goroutine::stuck)
                .map(Goroutine::id)
                .collect(Collectors.toSet());
        List<Goroutine> stuck = last.goroutines().stream()
                .filter(Goroutine::stuck)
                .filter(goroutine -> stuckBefore.contains(goroutine.id()))
                .toList();
        if (!stuck.isEmpty()) {
            return stuck(last, stuck, after);
        }
        return Growth.above(baseline, last).isEmpty() ? cameBack(after) : notBack(last, after);
    }

    private int newlyLeaked(OptionalInt leaked) {
        return leaked.orElse(0) - baseline.leaked().orElse(0);
    }

    private Finding leakProfile(GoroutineDump last, int leaked) {
        List<Group> groups = Growth.groups(baseline, last, g -> g.leaked() && baseline.isNew(g));
        String detail = "leak: the Go runtime found " + goroutines(leaked) + " that can never wake again (baseline "
                + baseline.leaked().orElse(0) + ")" + list(groups);
        return new Finding(Outcome.FAILED, detail, groups);
    }

    private Finding stuck(GoroutineDump last, List<Goroutine> stuck, Duration after) {
        List<Group> groups = Growth.groups(baseline, last, stuck::contains);
        String detail = "leak: " + goroutines(stuck.size()) + " started since the baseline "
                + (stuck.size() == 1 ? "is" : "are") + " stuck in "
                + stuck.get(0).state() + ", still the same "
                + Durations.format(after) + " after the fault" + list(groups);
        return new Finding(Outcome.FAILED, detail, groups);
    }

    private Finding notBack(GoroutineDump last, Duration after) {
        List<Group> groups = Growth.above(baseline, last);
        String detail = "not back " + Durations.format(after) + " after the fault" + list(groups)
                + "; unsure whether they leak or are slow to end (idle connections, pools):"
                + " repeating the fault would tell";
        return new Finding(Outcome.FAILED, detail, groups);
    }

    private static String goroutines(int count) {
        return count + (count == 1 ? " goroutine" : " goroutines");
    }

    private static String list(List<Group> groups) {
        if (groups.isEmpty()) {
            return "";
        }
        return groups.stream()
                .map(group -> group.createdBy() + " " + group.baseline() + " \u2192 " + group.after() + " ("
                        + group.state() + ")")
                .collect(Collectors.joining(", ", ": ", ""));
    }
}
