// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;

/** Refuses what an annotation may ask for and Chaos Mesh cannot do. */
final class Unsupported {
    private Unsupported() {}

    static void refuseMinTouched(Fault fault) {
        if (fault.minTouched().fraction() > 0) {
            throw element(
                    fault,
                    "minTouched",
                    fault.minTouched(),
                    "it counts nothing that a fault meets, only pods under it");
        }
    }

    /**
     * A refusal that names the element, its value, and what there is instead.
     *
     * @param offer what Chaos Mesh offers, a sentence without its full stop
     */
    static InjectionException element(Fault fault, String element, Object value, String offer) {
        return new InjectionException(
                Cause.TEST,
                "@" + fault.name() + "(" + element + "): Chaos Mesh cannot do \"" + value + "\": " + offer
                        + ". chaos.engine=helper can.");
    }
}
