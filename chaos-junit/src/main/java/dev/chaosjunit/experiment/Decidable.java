// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.Locale;

/** Whether windows have room for the requests that it takes to prove a limit, were all of them good. Pure. */
final class Decidable {
    private Decidable() {}

    /**
     * Refuse a limit for which they have not.
     *
     * @throws IllegalArgumentException with what it takes
     */
    static void check(Experiment experiment) {
        WindowLengths windows = experiment.windows();
        experiment
                .slos()
                .forEach(slo -> slo.objectives()
                        .forEach(objective -> experiment.loads().forEach(load -> {
                            if (slo.phase() == Phase.FAULT) {
                                check(
                                        slo.phase(),
                                        objective,
                                        load,
                                        "fault",
                                        experiment.longestFault(),
                                        experiment.extend());
                            } else if (!windows.equals(WindowLengths.SHORTEST)) {
                                check(
                                        slo.phase(),
                                        objective,
                                        load,
                                        "baseline",
                                        windows.baseline(),
                                        half(windows.baseline()));
                                check(
                                        slo.phase(),
                                        objective,
                                        load,
                                        "recovery",
                                        windows.recovery(),
                                        half(windows.recovery()));
                            }
                        })));
    }

    private static Duration half(Duration length) {
        return length.dividedBy(2);
    }

    private static void check(
            Phase phase, Objective objective, LoadSpec load, String window, Duration length, Duration more) {
        double rate = load.rate().perSecond();
        long planned = (long) (length.plus(more).toNanos() / 1e9 * rate) + 1; // one more may fall into it
        long fewest = objective.fewest();
        if (planned < fewest) {
            String extended = more.isZero() ? "" : ", " + Durations.format(length.plus(more)) + " at most";
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "@Slo(phase = %s, %s = \"%s\") cannot be proved in the %s window of %s%s: %s is sent %,d requests in it,"
                            + " but %,d good ones are the fewest that prove it with 95%% confidence. Make the window"
                            + " %s long, or the rate %.0f/s",
                    phase,
                    objective.name(),
                    objective.asLimit(),
                    window,
                    Durations.format(length),
                    extended,
                    load.url(),
                    planned - 1,
                    fewest,
                    Durations.format(Duration.ofMillis((long) Math.ceil(fewest / rate * 1e3))),
                    Math.ceil(fewest / (length.toNanos() / 1e9))));
        }
    }
}
