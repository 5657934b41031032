// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import java.util.Optional;

/** Workers of ours that take something of what a container may use. */
interface StressFault extends Fault {

    @Override
    default Scope scope() {
        return Scope.CGROUP;
    }

    @Override
    default Optional<Traffic> traffic() {
        return Optional.empty();
    }

    @Override
    default Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    default Percent minTouched() {
        return Percent.NONE;
    }

    @Override
    default Optional<String> clash(Fault other) {
        return other.getClass() == getClass() ? Optional.of("both take the same of its container") : Optional.empty();
    }

    /** What was asked for and taken, in words. */
    String told(Told told);

    /** That, and what became of the workers where it was not their own end. */
    @Override
    default String detail(Told told) {
        String ended = told.has("killed_by") ? "; a worker was ended by signal " + told.text("killed_by") : "";
        String failed = told.has("failed") ? "; a worker could not begin: " + told.text("failed") : "";
        String container = told.text("ended").equals("yes") ? "; until its container ended" : "";
        return told(told) + ended + failed + container;
    }
}
