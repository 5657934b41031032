// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import java.time.Duration;

/**
 * How goroutines must come back.
 *
 * @param within from the revert; above 5 s, where the first look is
 * @param port name of the container port that serves net/http/pprof
 */
public record GoroutineRecovery(Duration within, String port) {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

    public GoroutineRecovery {
        if (within.compareTo(FIRST_LOOK) <= 0) {
            throw new IllegalArgumentException("within must be above 5s, where the first look is");
        }
    }
}
