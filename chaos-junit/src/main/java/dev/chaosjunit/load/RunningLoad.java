// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that are being sent, and what came of those that have ended. */
public interface RunningLoad extends AutoCloseable {

    LoadSpec spec();

    /**
     * The requests that have ended so far, by planned time: answered, failed, timed out or not sent. There may be millions,
     * and each is made when it is looked at: better not collected.
     */
    List<Sample> samples();

    /**
     * The same, of those that were planned in a stretch of time.
     *
     * @param fromNanos its begin, on {@link System#nanoTime()}'s clock
     * @param toNanos its end, excluded
     */
    List<Sample> samples(long fromNanos, long toNanos);

    /**
     * All requests that were planned in a stretch of time, in that order; one without an answer so far {@link Sample#isOut}.
     *
     * @param fromNanos its begin, on {@link System#nanoTime()}'s clock
     * @param toNanos its end, excluded, and the moment as of which they are seen
     */
    List<Sample> due(long fromNanos, long toNanos);

    /**
     * How many of the requests that were planned in a stretch of time have ended; cheap enough to be asked again and again.
     *
     * @param fromNanos its begin, on {@link System#nanoTime()}'s clock
     * @param toNanos its end, excluded
     */
    long ended(long fromNanos, long toNanos);

    /**
     * Those of them with their traces; none where it begins none, or its requests have one of their own.
     *
     * @param fromNanos begin of when they were planned, on {@link System#nanoTime()}'s clock
     * @param toNanos its end, excluded
     */
    List<TracedRequest> traced(long fromNanos, long toNanos);

    /** Its parts by replica, where it goes to each in turn; none where it goes to their Service. */
    default Map<String, RunningLoad> replicas() {
        return Map.of();
    }

    /** What each request carries that is due from now on, unless it is not to be followed. */
    void mark(Optional<ChaosMark> mark);

    /** The requests that ended in the last two seconds; cheap enough for a progress line. */
    Live live();

    /** Send no more, and wait for nothing yet: others may be told the same before. */
    void finish();

    /** Send no more, and wait for the requests in flight, at most for the time-out. Connections stay open. */
    void stop();

    /** Stop at once: requests in flight are dropped and leave no sample. */
    void abort();

    /** {@link #stop()}, then close all connections. */
    @Override
    void close();
}
