// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Map;

/** The headers of a mark that requests carry: of the one that held when a request was due, however late it is sent. */
final class Marking {
    private volatile Held held = new Held(Map.of(), 0, Map.of());

    private record Held(Map<String, String> before, long since, Map<String, String> now) {}

    /** Have other headers from a moment on, on {@link System#nanoTime()}'s clock; the same ones change nothing. */
    void set(Map<String, String> headers, long nanos) {
        if (!headers.equals(held.now())) {
            held = new Held(held.now(), nanos, headers);
        }
    }

    /** Those of a request that is due at a moment. */
    Map<String, String> at(long plannedNanos) {
        Held last = held;
        return plannedNanos - last.since() < 0 ? last.before() : last.now();
    }
}
