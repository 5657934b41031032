// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import java.time.Duration;

/** What every fault that holds something has in common. */
final class Latency {
    private static final Duration SHORTEST = Duration.ofNanos(1000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Latency() {}

    static void check(Duration latency, Duration jitter) {
        if (latency.compareTo(SHORTEST) < 0 || latency.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("latency must be 1us to 60s, but is " + Durations.format(latency));
        }
        if (jitter.isNegative() || jitter.compareTo(latency) > 0) {
            throw new IllegalArgumentException("jitter must be 0ms to the latency (" + Durations.format(latency)
                    + "), because nothing can go on before it came, but is " + Durations.format(jitter));
        }
    }

    static String describe(Duration latency, Duration jitter) {
        return Durations.format(latency) + (jitter.isZero() ? "" : " ± " + Durations.format(jitter));
    }
}
