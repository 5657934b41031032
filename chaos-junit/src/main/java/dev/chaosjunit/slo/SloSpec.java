// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a load's requests must achieve, and when.
 *
 * @param phase when it must hold
 * @param objectives at least one; each is judged by itself
 * @param earlyPass whether the fault ends as soon as they are proved to hold
 * @param extend for how much longer the fault may last where they are undecided; 0 s or more
 */
public record SloSpec(Phase phase, List<Objective> objectives, boolean earlyPass, Duration extend) {

    public SloSpec {
        objectives = List.copyOf(objectives);
        if (objectives.isEmpty()) {
            throw new IllegalArgumentException("an SLO needs at least one of p50, p90, p95, p99, max and errorRate");
        }
        if (phase == Phase.STEADY) {
            checkSteady(objectives, earlyPass, extend);
        }
        if (earlyPass) {
            objectives.forEach(SloSpec::checkProvable);
        }
    }

    /** One that the whole fault is held against. */
    public SloSpec(Phase phase, List<Objective> objectives) {
        this(phase, objectives, false, Duration.ZERO);
    }

    private static void checkSteady(List<Objective> objectives, boolean earlyPass, Duration extend) {
        objectives.stream()
                .filter(RelativeObjective.class::isInstance)
                .findFirst()
                .ifPresent(relative -> {
                    throw new IllegalArgumentException(relative.name() + " = \"" + relative.asLimit()
                            + "\" compares what the fault does: use it with phase = FAULT");
                });
        if (earlyPass || !extend.isZero()) {
            throw new IllegalArgumentException(
                    "earlyPass and extend say how long the fault lasts: use them with phase = FAULT");
        }
    }

    private static void checkProvable(Objective objective) {
        boolean isOfAll = (objective instanceof QuantileObjective quantile && quantile.quantile() == 1)
                || (objective instanceof ErrorRateObjective errors
                        && errors.limit().fraction() == 0);
        if (isOfAll || objective instanceof RelativeObjective) {
            throw new IllegalArgumentException("earlyPass ends the fault once limits are proved to hold, but "
                    + objective.name() + " = \"" + objective.asLimit() + "\" is known at its end only: leave one out");
        }
    }

    /** Those objectives of it that are, or are not, relative to a control; empty where there is none. */
    public Optional<SloSpec> controlled(boolean wanted) {
        List<Objective> some = objectives.stream()
                .filter(objective -> objective.hasControl() == wanted)
                .toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(new SloSpec(phase, some, earlyPass, extend));
    }
}
