// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Values and how often each occurred. */
record Histogram(NavigableMap<Long, Long> counts) {

    /** Values from {@code from} to below {@code to}. */
    record Bin(long from, long to, long count) {}

    static Histogram of(Map<Long, Long> counts) {
        NavigableMap<Long, Long> sorted = new TreeMap<>(counts);
        sorted.values().removeIf(count -> count <= 0);
        return new Histogram(sorted);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long min() {
        return counts.firstKey();
    }

    long max() {
        return counts.lastKey();
    }

    /** The smallest value that at least the share {@code q} of all does not exceed. */
    long quantile(double q) {
        long rank = Math.max(1, (long) Math.ceil(q * total()));
        long seen = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("an empty histogram has no quantile");
    }

    /** At most {@code most} bins of equal width over the range; what is outside of it joins the bin at the edge. */
    List<Bin> bins(long from, long to, int most) {
        long width = Math.max(1, (to - from) / most + 1);
        int size = (int) ((to - from) / width + 1);
        long[] sums = new long[size];
        counts.forEach((value, count) -> {
            long index = Math.floorDiv(value - from, width);
            sums[(int) Math.max(0, Math.min(size - 1, index))] += count;
        });
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            bins.add(new Bin(from + i * width, from + (i + 1) * width, sums[i]));
        }
        return bins;
    }
}
