// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.result.Limit;

/** One thing that an SLO asks for. */
public sealed interface Objective permits QuantileObjective, ErrorRateObjective, RelativeObjective {

    /** As the annotation's element is called: {@code p99}, {@code max}, {@code errorRate}. */
    String name();

    /** What it allows at most. */
    Limit asLimit();

    /** Whether it allows less than another of the same name; false where one of them is relative. */
    default boolean isTighterThan(Objective other) {
        if (this instanceof QuantileObjective one && other instanceof QuantileObjective two) {
            return one.limit().compareTo(two.limit()) < 0;
        }
        return this instanceof ErrorRateObjective one
                && other instanceof ErrorRateObjective two
                && one.limit().fraction() < two.limit().fraction();
    }

    /** Whether it compares replicas with those that the fault spares. */
    default boolean hasControl() {
        return this instanceof RelativeObjective relative && relative.limit().to() == Reference.CONTROL;
    }

    /** How many requests there must be at the least for any of them to prove that it is met. */
    default long fewest() {
        if (this instanceof ErrorRateObjective errors) {
            double share = errors.limit().fraction();
            return share == 0 ? 1 : (long) Math.ceil(SloJudge.Z * SloJudge.Z * (1 - share) / share - 1e-9);
        }
        double quantile = this instanceof QuantileObjective of ? of.quantile() : ((RelativeObjective) this).quantile();
        return quantile == 0 || quantile == 1 ? 1 : OrderStatistics.fewest(quantile, SloJudge.CONFIDENCE);
    }
}
