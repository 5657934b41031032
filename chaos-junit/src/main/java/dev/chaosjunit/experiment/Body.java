// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

/** The test's own code, run while the fault is on. */
@FunctionalInterface
public interface Body {
    /** What a verdict says of one that throws, before what it throws. */
    String FAILED = "The test's own check failed during the fault";

    /**
     * Run it. Whatever it throws fails the experiment, with two exceptions: an interrupt cuts it short, and a
     * {@link org.opentest4j.TestAbortedException} (an assumption that does not hold) ends it without a result.
     */
    void run(FaultSchedule faults) throws Throwable;
}
