// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.Collection;

/** Quantiles of all values that there are, by nearest rank. */
final class Ranks {
    private Ranks() {}

    /**
     * The smallest value that the share is at or below.
     *
     * @param share above 0, to 1
     * @param values at least one
     */
    static long of(double share, Collection<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
