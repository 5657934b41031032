// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;

/** Something done to the pods of a selection for some time. */
public sealed interface Fault permits DnsFault, DelayFault, GoPanicFault, GoDelayFault, UringFault {

    /** Whom it hits. */
    Selection selection();

    /** How long it lasts, above zero. */
    Duration duration();

    /** What it looks at. */
    Unit unit();

    /** The share of the requests of the load that it must touch, or the run is inconclusive; 0 for none. */
    Percent minTouched();

    /** Whether it is in a process, and ends with it, rather than on the pod's network. */
    default boolean endsWithProcess() {
        return unit() == Unit.CALL;
    }

    /** The fault in a few words, for messages and the report. */
    String describe();

    /** Refuse a duration that is not above zero. */
    static void checkDuration(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("duration must be above 0s");
        }
    }
}
