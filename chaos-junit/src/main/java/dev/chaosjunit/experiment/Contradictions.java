// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.RelativeObjective;
import dev.chaosjunit.slo.SloSpec;
import java.util.List;

/** Limits of which one makes another meaningless: whoever wrote both meant something else. Pure. */
final class Contradictions {
    private Contradictions() {}

    /**
     * Refuse them.
     *
     * @throws IllegalArgumentException naming both
     */
    static void refuse(List<SloSpec> slos, List<Objective> abortWhen) {
        for (Phase phase : Phase.values()) {
            List<Objective> limits = slos.stream()
                    .filter(slo -> slo.phase() == phase)
                    .flatMap(slo -> slo.objectives().stream())
                    .toList();
            String where = "@Slo(phase = " + phase + ")";
            for (Objective one : limits) {
                for (Objective other : limits) {
                    check(where, one, other);
                }
            }
            if (phase == Phase.FAULT) {
                abortWhen.forEach(abort -> limits.forEach(limit -> checkAbort(abort, limit)));
            }
        }
    }

    private static void check(String where, Objective one, Objective other) {
        if (one.name().equals(other.name()) && isRelative(one) == isRelative(other) && !one.equals(other)) {
            throw new IllegalArgumentException(
                    where + " has two limits of the same: " + words(one) + " and " + words(other) + ". Leave one out");
        }
        if (one instanceof QuantileObjective low
                && other instanceof QuantileObjective high
                && low.quantile() < high.quantile()
                && low.limit().compareTo(high.limit()) > 0) {
            throw new IllegalArgumentException(where + " has limits that contradict each other: " + words(low)
                    + " is above " + words(high) + ", which is of slower requests and so decides alone");
        }
    }

    private static void checkAbort(Objective abort, Objective limit) {
        boolean isTighter = abort.name().equals(limit.name()) && abort.isTighterThan(limit);
        if (isTighter) {
            throw new IllegalArgumentException("@AbortWhen(" + words(abort) + ") contradicts @Slo(phase = FAULT, "
                    + words(limit) + "): it would fail what that allows");
        }
    }

    private static boolean isRelative(Objective objective) {
        return objective instanceof RelativeObjective;
    }

    private static String words(Objective objective) {
        return objective.name() + " = \"" + objective.asLimit() + "\"";
    }
}
