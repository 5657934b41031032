// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.Map;

/**
 * What came in, and what of it was not kept.
 *
 * @param kept spans that the store has
 * @param dropped spans that found it full, by service
 * @param invalid spans without a legal trace id and span id
 * @param malformed requests that could not be read, or were too long
 * @param cut names and values of attributes that were shortened, and attributes and events beyond the most that a span has
 * @param metrics requests with metrics, which are answered and not kept
 * @param logs requests with logs, likewise
 */
public record Received(
        int kept, Map<String, Long> dropped, long invalid, long malformed, long cut, long metrics, long logs) {

    /** Keeps what it is given. */
    public Received {
        dropped = Map.copyOf(dropped);
    }

    /** Spans that found the store full, of all services. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
