// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Arrays;
import java.util.stream.StreamSupport;

/** The latencies of the requests that were sent, by length: the one place where quantiles of a window come from. */
public final class Latencies {
    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    public static Latencies of(Iterable<Sample> samples) {
        long[] latencies = StreamSupport.stream(samples.spliterator(), false)
                .filter(Sample::sent)
                .mapToLong(Sample::latencyNanos)
                .toArray();
        Arrays.sort(latencies);
        return new Latencies(latencies);
    }

    public int count() {
        return sorted.length;
    }

    /**
     * The one with a rank, nanoseconds.
     *
     * @param rank from 1, the shortest, to {@link #count()}
     */
    public long at(int rank) {
        return sorted[rank - 1];
    }

    /** Nanoseconds; 0 where there is none. */
    public double mean() {
        return Arrays.stream(sorted).average().orElse(0);
    }

    /** How many are longer than a limit. */
    public int above(long limitNanos) {
        int within = 0;
        while (within < sorted.length && sorted[within] <= limitNanos) {
            within++;
        }
        return sorted.length - within;
    }

    /** The shortest that a share of all does not exceed, nanoseconds; 0 where there is none. */
    public long quantile(double share) {
        return sorted.length == 0 ? 0 : at(rank(sorted.length, share));
    }

    /**
     * The rank of a quantile's point estimate. Of an exact share, such as 0.95 of 20, rounding must not make the next rank.
     *
     * @param count above 0
     */
    public static int rank(int count, double share) {
        return Math.max(1, (int) Math.ceil(count * share - 1e-9));
    }
}
