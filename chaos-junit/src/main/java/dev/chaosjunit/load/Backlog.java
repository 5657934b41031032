// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Arrays;
import java.util.List;

/** How many requests were on their way at the end of each slice of a series: a service that does not keep up shows here first. */
final class Backlog {
    private final long[] onTheirWay;

    private Backlog(long[] onTheirWay) {
        this.onTheirWay = onTheirWay;
    }

    /** Of the requests that were planned after the start, and sent. */
    static Backlog of(List<Sample> samples, long startNanos) {
        int last = samples.stream()
                .mapToInt(sample -> slice(sample.endedNanos(), startNanos))
                .max()
                .orElse(0);
        long[] change = new long[Math.max(0, last) + 1];
        for (Sample sample : samples) {
            if (sample.sent() && sample.plannedNanos() >= startNanos) {
                change[slice(sample.plannedNanos(), startNanos)]++;
                change[slice(sample.endedNanos(), startNanos)]--;
            }
        }
        Arrays.parallelPrefix(change, Long::sum);
        return new Backlog(change);
    }

    private static int slice(long nanos, long startNanos) {
        return (int) ((nanos - startNanos) / 1e6 / Series.SLICE_MS);
    }

    long at(long slice) {
        return onTheirWay[(int) slice];
    }
}
