// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.List;

/**
 * A window held against the steady state.
 *
 * @param stage of which one it is
 * @param from its begin, on the run's clock
 * @param to its end, later than planned where it had to be extended
 * @param slos one result an objective
 */
record Judged(Stage stage, long from, long to, List<SloResult> slos) {

    boolean isMet() {
        return slos.stream().allMatch(slo -> slo.outcome() == Outcome.PASSED);
    }

    /** Whether nothing is wrong, but not all is proved to be right: more requests may tell. */
    boolean isUnlucky() {
        return !isMet() && slos.stream().noneMatch(slo -> slo.outcome() == Outcome.FAILED || slo.samples() == 0);
    }

    /** Say so where it lasted longer than planned. */
    void noteLonger(Findings findings, Duration planned) {
        Duration real = Duration.ofNanos(to - from);
        if (real.compareTo(planned) > 0) {
            findings.note("The " + stage + " window was extended to " + Durations.format(real) + ": after "
                    + Durations.format(planned) + " it was undecided.");
        }
    }
}
