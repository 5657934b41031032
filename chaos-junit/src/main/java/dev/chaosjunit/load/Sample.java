// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param plannedNanos when it was due, on {@link System#nanoTime()}'s clock
 * @param latencyNanos from the planned time to the end of the answer; the time-out where none came
 * @param error null for a good answer, else its kind: {@code "HTTP 502"}, {@code "timeout"}, {@code "connection refused"}
 * @param sent false when the load generator itself could not send it
 * @param endedNanos when it ended, well or not, on the same clock; {@link Long#MAX_VALUE} while it is out
 */
public record Sample(
        long plannedNanos, long latencyNanos, @Nullable String error, boolean sent, long endedNanos) {
    /** One that ended after its latency. */
    public Sample(long plannedNanos, long latencyNanos, @Nullable String error, boolean sent) {
        this(plannedNanos, latencyNanos, error, sent, plannedNanos + latencyNanos);
    }

    /** One that is on its way at a moment: its latency is what it is at least. */
    public static Sample out(long plannedNanos, long nowNanos) {
        return new Sample(plannedNanos, nowNanos - plannedNanos, null, true, Long.MAX_VALUE);
    }

    /** Whether nothing has come of it yet. */
    public boolean isOut() {
        return endedNanos == Long.MAX_VALUE;
    }

    public boolean failed() {
        return error != null;
    }
}
