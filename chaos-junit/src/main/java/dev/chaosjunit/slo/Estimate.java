// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.load.Latencies;
import dev.chaosjunit.quantity.Wilson;

/**
 * What a window says of a quantile (nanoseconds) or of the error rate (a share), with its one-sided 95 % bounds.
 *
 * @param lower not above the value
 * @param upper not below it; infinite where requests are too few to bound it
 */
record Estimate(double lower, double value, double upper) {

    /** Of at least one sent request. */
    static Estimate of(RelativeObjective objective, Evidence evidence) {
        return objective.isOfErrors() ? errorRate(evidence) : quantile(objective.quantile(), evidence);
    }

    private static Estimate errorRate(Evidence evidence) {
        double share = (double) evidence.failed() / evidence.sent();
        return new Estimate(
                Wilson.lower(share, evidence.sent(), SloJudge.Z),
                share,
                Wilson.upper(share, evidence.sent(), SloJudge.Z));
    }

    private static Estimate quantile(double quantile, Evidence evidence) {
        int n = evidence.sent();
        int low = OrderStatistics.lowerRank(n, quantile, SloJudge.CONFIDENCE);
        int high = OrderStatistics.upperRank(n, quantile, SloJudge.CONFIDENCE);
        return new Estimate(
                low == 0 ? 0 : evidence.latency(low),
                evidence.latency(Latencies.rank(n, quantile)),
                high > n ? Double.POSITIVE_INFINITY : evidence.latency(high));
    }

    /**
     * This one less a multiple of another that is independent of it, with bounds from those of both (G. Y. Zou and A. Donner,
     * Construction of confidence limits about effect measures, Statistics in Medicine 27, 2008; of two rates it is
     * R. G. Newcombe's method 10 of 1998).
     */
    Estimate minus(double factor, Estimate other) {
        double difference = value - factor * other.value;
        return new Estimate(
                difference - Math.hypot(value - lower, factor * (other.upper - other.value)),
                difference,
                difference + Math.hypot(upper - value, factor * (other.value - other.lower)));
    }
}
