// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.Locale;

/** The parts of a run, in their order; the word for each is what results and progress lines have. */
public enum Stage {
    REHEARSAL,
    BASELINE,
    FAULT,
    RECOVERY,
    GOROUTINES,
    REPETITION;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
