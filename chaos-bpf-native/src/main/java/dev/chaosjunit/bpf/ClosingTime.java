// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long an agent may take, at worst, to end: by what it said, when it attached them, that taking its faults apart may
 * cost ({@code closing_ms}). A detach is answered as soon as the fault is off, and costs that after its reply.
 */
final class ClosingTime {

    private final Map<String, Long> attachedMillis = new HashMap<>();
    private final LongSupplier nanoTime;
    private long idleNanos; // when all that was detached will have been taken apart

    ClosingTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        idleNanos = nanoTime.getAsLong();
    }

    /** A request has been answered with ok. */
    synchronized void answered(Request request, Reply reply) {
        String id = request.value("id");
        if (id != null && request.verb().equals("attach") && reply.has("closing_ms")) {
            attachedMillis.put(id, reply.number("closing_ms"));
        } else if (id != null && request.verb().equals("detach")) {
            long cost = Duration.ofMillis(attachedMillis.getOrDefault(id, 0L)).toNanos();
            attachedMillis.remove(id);
            idleNanos = nanoTime.getAsLong() + leftNanos() + cost;
        }
    }

    /** What all that is attached, and all that is being taken apart, may cost from now on. */
    synchronized Duration left() {
        long millis =
                attachedMillis.values().stream().mapToLong(Long::longValue).sum();
        return Duration.ofMillis(millis).plusNanos(leftNanos());
    }

    private long leftNanos() {
        return Math.max(0, idleNanos - nanoTime.getAsLong());
    }
}
