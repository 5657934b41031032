// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.Sample;

/**
 * The moment at which a fault closed connections of a pod, on the clock of {@link System#nanoTime()}.
 *
 * @param pod whose
 * @param connections how many
 */
record Cut(String pod, long connections, long fromNanos, long toNanos) {

    /** Whether a request was on its way then; that it failed, if so, is the doing of who closed the connection. */
    boolean met(Sample request) {
        return request.sent() && request.plannedNanos() < toNanos && request.endedNanos() > fromNanos;
    }
}
