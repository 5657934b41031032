// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;

/**
 * Goroutines of chosen pods are held where they call a function.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param site the function, and whose calls of it are meant
 * @param latency how long a call is held: 1 µs to 60 s, in whole microseconds
 * @param jitter each call's latency is drawn from {@code latency ± jitter}; 0 to {@code latency}
 * @param calls which of the calls
 */
public record GoDelayFault(
        Selection selection, Duration duration, GoSite site, Duration latency, Duration jitter, Calls calls)
        implements Fault {

    public GoDelayFault {
        Fault.checkDuration(duration);
        Latency.check(latency, jitter);
    }

    @Override
    public Unit unit() {
        return Unit.CALL;
    }

    @Override
    public Percent minTouched() {
        return calls.minTouched();
    }

    @Override
    public String describe() {
        return "delay " + Latency.describe(latency, jitter) + " in " + site + calls + ", " + Durations.format(duration)
                + ", on " + selection;
    }
}
