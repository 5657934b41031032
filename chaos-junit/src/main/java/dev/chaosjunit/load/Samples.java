// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** All samples so far, and apart from them those that ended lately; safe for use by several threads. */
final class Samples {
    static final Duration RECENT = Duration.ofSeconds(2);

    private final Columns all = new Columns();
    private final Deque<Ended> recent = new ArrayDeque<>();

    private record Ended(long atNanos, Sample sample) {}

    /**
     * A request is due.
     *
     * @param plannedNanos not before that of the one before
     * @return its number
     */
    synchronized int plan(long plannedNanos) {
        return all.plan(plannedNanos);
    }

    /** What came of a planned one. */
    synchronized void land(int number, Sample sample, long nowNanos) {
        all.land(number, sample);
        recent.addLast(new Ended(nowNanos, sample));
        forgetOld(nowNanos);
    }

    /** Those that have ended so far. */
    synchronized List<Sample> byPlannedTime() {
        return all.all();
    }

    /** The same, of those planned in a stretch of time. */
    synchronized List<Sample> byPlannedTime(long fromNanos, long toNanos) {
        return all.between(fromNanos, toNanos);
    }

    /** All planned in a stretch of time, as of its end. */
    synchronized List<Sample> due(long fromNanos, long toNanos) {
        return all.due(fromNanos, toNanos);
    }

    /** The same, each with the trace that it began. */
    synchronized List<TracedRequest> traced(TraceIds traces, long fromNanos, long toNanos) {
        return all.traced(traces, fromNanos, toNanos);
    }

    /** How many they are. */
    synchronized long ended(long fromNanos, long toNanos) {
        return all.ended(fromNanos, toNanos);
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
