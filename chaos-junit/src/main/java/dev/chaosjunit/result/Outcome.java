// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

/** What is known after looking. */
public enum Outcome {
    PASSED,
    FAILED,
    /** Neither can be claimed: too few samples, no steady state, or the fault hit nothing. Never a green. */
    INCONCLUSIVE;

    /** The graver of two: failed before inconclusive before passed. */
    public Outcome and(Outcome other) {
        if (this == FAILED || other == FAILED) {
            return FAILED;
        }
        return this == INCONCLUSIVE || other == INCONCLUSIVE ? INCONCLUSIVE : PASSED;
    }
}
