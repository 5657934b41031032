// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

/** The test's own code, run while the fault is on. */
@FunctionalInterface
public interface Body {

    /** Run it; whatever it throws fails the experiment. */
    void run(FaultSchedule faults) throws Throwable;
}
