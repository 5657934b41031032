// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.load.Latencies;
import dev.chaosjunit.load.Sample;
import java.util.Map;
import java.util.TreeMap;

/** What a window's requests amount to. */
final class Evidence {
    private final Latencies latencies;
    private final Map<String, Long> errors = new TreeMap<>();
    private final Map<String, Long> unsent = new TreeMap<>();
    private final double perSecond;

    Evidence(Iterable<Sample> samples) {
        latencies = Latencies.of(samples);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Sample sample : samples) {
            first = Math.min(first, sample.plannedNanos());
            last = Math.max(last, sample.plannedNanos());
            String error = sample.error();
            if (!sample.sent()) {
                unsent.merge(error == null ? "unknown reason" : error, 1L, Long::sum);
            } else if (error != null) {
                errors.merge(error, 1L, Long::sum);
            }
        }
        perSecond = last <= first ? 0 : (sent() + notSent() - 1) * 1e9 / (last - first);
    }

    /** Latency of the sent request with this rank, from 1 for the shortest, nanoseconds. */
    long latency(int rank) {
        return latencies.at(rank);
    }

    /** Failed ones of the sent requests by kind. */
    Map<String, Long> errors() {
        return errors;
    }

    /** Requests that the load generator could not send, by reason. */
    Map<String, Long> unsent() {
        return unsent;
    }

    /** Planned requests per second; 0 when unknown. */
    double perSecond() {
        return perSecond;
    }

    int sent() {
        return latencies.count();
    }

    long failed() {
        return sum(errors);
    }

    long notSent() {
        return sum(unsent);
    }

    /** The share of sent requests that took longer. */
    double shareAbove(long limitNanos) {
        return (double) latencies.above(limitNanos) / latencies.count();
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
