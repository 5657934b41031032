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
 */
public record Sample(
        long plannedNanos, long latencyNanos, @Nullable String error, boolean sent) {
    public boolean failed() {
        return error != null;
    }
}
