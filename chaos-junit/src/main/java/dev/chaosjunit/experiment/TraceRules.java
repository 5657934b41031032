// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import java.util.List;

/**
 * What must hold of the traces of a load.
 *
 * @param chaosIdCarried whether each span of a request that was sent under the fault must carry its id
 * @param calls how often services may call others
 */
public record TraceRules(boolean chaosIdCarried, List<CallLimit> calls) {
    /** Nothing must. */
    public static final TraceRules NONE = new TraceRules(false, List.of());

    public TraceRules {
        calls = List.copyOf(calls);
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
