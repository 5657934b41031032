// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.result.Limit;
import java.time.Duration;

/**
 * A share of the requests must be answered within a limit. All requests count, failed ones too; one without an answer
 * counts at its time-out.
 *
 * <p>{@code max} (quantile 1) is judged by another rule than the rest: it speaks of the requests that were sent, not of
 * those that might be, so that the longest of them decides, without an interval and however few they are.
 *
 * @param name {@code p50}, {@code p90}, {@code p95}, {@code p99} or {@code max}
 * @param quantile above 0, at most 1
 * @param limit above zero
 */
public record QuantileObjective(String name, double quantile, Duration limit) implements Objective {

    public QuantileObjective {
        if (!(quantile > 0 && quantile <= 1)) {
            throw new IllegalArgumentException(
                    name + ": quantile " + quantile + " is out of range: above 0, at most 1");
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(name + ": expected a limit above zero, such as \"200ms\"");
        }
    }

    @Override
    public Limit asLimit() {
        return new Limit.Latency(limit);
    }

    public static QuantileObjective p50(Duration limit) {
        return new QuantileObjective("p50", 0.50, limit);
    }

    public static QuantileObjective p90(Duration limit) {
        return new QuantileObjective("p90", 0.90, limit);
    }

    public static QuantileObjective p95(Duration limit) {
        return new QuantileObjective("p95", 0.95, limit);
    }

    public static QuantileObjective p99(Duration limit) {
        return new QuantileObjective("p99", 0.99, limit);
    }

    public static QuantileObjective max(Duration limit) {
        return new QuantileObjective("max", 1, limit);
    }
}
