// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import java.time.Duration;

/**
 * Lengths of the windows around the fault.
 *
 * @param baseline in which the steady state is proved; above 0 s
 * @param recovery in which it must hold again; above 0 s
 * @param recoverWithin from the revert to the latest begin of the recovery window; 0 s or more
 */
public record WindowLengths(Duration baseline, Duration recovery, Duration recoverWithin) {

    /** Such as nothing else can be too short for. */
    public static final WindowLengths SHORTEST =
            new WindowLengths(Duration.ofNanos(1), Duration.ofNanos(1), Duration.ZERO);

    public WindowLengths {
        if (baseline.isZero() || baseline.isNegative() || recovery.isZero() || recovery.isNegative()) {
            throw new IllegalArgumentException("the baseline and recovery windows must be above 0s");
        }
        if (recoverWithin.isNegative()) {
            throw new IllegalArgumentException("recoverWithin must be 0s or more");
        }
    }
}
