// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.result.Limit;

/**
 * A latency or the error rate may be worse than in the baseline window, or of spared replicas, by so much at most.
 *
 * @param name {@code p50}, {@code p90}, {@code p95}, {@code p99} or {@code errorRate}
 * @param quantile above 0, below 1; 0 for the error rate
 * @param limit where it lies
 */
public record RelativeObjective(String name, double quantile, RelativeLimit limit) implements Objective {

    public RelativeObjective {
        if (!(quantile >= 0 && quantile < 1)) {
            throw new IllegalArgumentException(name + " has no interval, so that it cannot be compared with another:"
                    + " give p99, or an absolute limit");
        }
    }

    /** Of the error rate. */
    public static RelativeObjective errorRate(RelativeLimit limit) {
        return new RelativeObjective("errorRate", 0, limit);
    }

    boolean isOfErrors() {
        return quantile == 0;
    }

    @Override
    public Limit asLimit() {
        return new Limit.Relative(limit.text());
    }
}
