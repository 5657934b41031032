// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import java.util.Locale;

/** What a limit is relative to. */
public enum Reference {
    /** The window before the fault. */
    BASELINE,
    /** The replicas that the fault spares, at the same time. */
    CONTROL;

    /** As limits call it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
