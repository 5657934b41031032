// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.load.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Requests at 200/s whose latencies and failures follow a law that is known.
 *
 * @param name for a table
 * @param correlation of a request with the next, 0 for independent ones; below 1
 * @param latency in milliseconds, by a number that is normally distributed; it grows with it
 */
record Simulated(String name, double correlation, DoubleUnaryOperator latency) {
    static final int PER_SECOND = 200;

    static Simulated exponential() {
        return new Simulated("exponential, independent", 0, score -> -20 * Math.log1p(-Normal.share(score)));
    }

    static Simulated lognormal(double correlation) {
        String name = correlation == 0 ? "lognormal, independent" : "lognormal, AR(1) of " + correlation;
        return new Simulated(name, correlation, score -> 20 * Math.exp(0.5 * score));
    }

    /** What a share of its latencies is below, milliseconds. */
    double quantile(double share) {
        return latency.applyAsDouble(Normal.quantile(share));
    }

    /**
     * Requests in their order.
     *
     * @param factor of each latency
     * @param failing share of requests that fail
     */
    List<Sample> requests(Random random, int count, double factor, double failing) {
        List<Sample> requests = new ArrayList<>(count);
        double slow = random.nextGaussian();
        double bad = random.nextGaussian();
        double fresh = Math.sqrt(1 - correlation * correlation);
        double failure = failing == 0 ? Double.POSITIVE_INFINITY : -Normal.quantile(failing);
        for (int i = 0; i < count; i++) {
            slow = correlation * slow + fresh * random.nextGaussian();
            bad = correlation * bad + fresh * random.nextGaussian();
            long nanos = Math.round(factor * latency.applyAsDouble(slow) * 1e6);
            requests.add(new Sample(i * 1_000_000_000L / PER_SECOND, nanos, bad > failure ? "HTTP 500" : null, true));
        }
        return requests;
    }
}
