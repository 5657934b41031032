// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** All samples so far, and apart from them those that ended lately; safe for use by several threads. */
final class Samples {
    static final Duration RECENT = Duration.ofSeconds(2);

    private final List<Sample> all = new ArrayList<>();
    private final Deque<Ended> recent = new ArrayDeque<>();

    private record Ended(long atNanos, Sample sample) {}

    synchronized void add(Sample sample, long nowNanos) {
        all.add(sample);
        recent.addLast(new Ended(nowNanos, sample));
        forgetOld(nowNanos);
    }

    List<Sample> byPlannedTime() {
        List<Sample> copy;
        synchronized (this) {
            copy = new ArrayList<>(all);
        }
        copy.sort(Comparator.comparingLong(Sample::plannedNanos));
        return copy;
    }

    /** How many were planned in a stretch of time. */
    synchronized long planned(long fromNanos, long toNanos) {
        return all.stream()
                .filter(sample -> sample.plannedNanos() >= fromNanos && sample.plannedNanos() < toNanos)
                .count();
    }

    Live live(long nowNanos) {
        List<Sample> lately = lately(nowNanos);
        Latencies latencies = Latencies.of(lately);
        long failed =
                lately.stream().filter(Sample::sent).filter(Sample::failed).count();
        int sent = latencies.count();
        return new Live(lately.size(), latencies.quantile(0.99) / 1e6, sent == 0 ? 0 : (double) failed / sent);
    }

    private synchronized List<Sample> lately(long nowNanos) {
        forgetOld(nowNanos);
        return recent.stream().map(Ended::sample).toList();
    }

    private void forgetOld(long nowNanos) {
        while (!recent.isEmpty() && nowNanos - recent.getFirst().atNanos() > RECENT.toNanos()) {
            recent.removeFirst();
        }
    }
}
