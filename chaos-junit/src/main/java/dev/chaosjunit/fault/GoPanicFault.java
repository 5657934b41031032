// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;

/**
 * Goroutines of chosen pods panic where they call a function.
 *
 * @param selection the pods
 * @param duration how long
 * @param site the function, and whose calls of it are meant
 * @param calls which of these
 */
public record GoPanicFault(Selection selection, Duration duration, GoSite site, Calls calls) implements Fault {

    public GoPanicFault {
        Fault.checkDuration(duration);
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
        return "panic in " + site + calls + ", " + Durations.format(duration) + ", on " + selection;
    }
}
