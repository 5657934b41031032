// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import java.time.Duration;

/**
 * Lengths of the windows around the fault.
 *
 * @param baseline in which the steady state is proved; above 0 s
 * @param recovery in which it must hold again; above 0 s
 * @param recoverWithin from the revert to the latest begin of the recovery window
 */
public record Windows(Duration baseline, Duration recovery, Duration recoverWithin) {

    public Windows {
        if (baseline.isZero() || recovery.isZero()) {
            throw new IllegalArgumentException("the baseline and recovery windows must be above 0s");
        }
    }

    /** The shortest time in which a fault of this length can be judged. */
    public Duration around(Fault fault) {
        return baseline.plus(fault.duration()).plus(recoverWithin).plus(recovery);
    }
}
