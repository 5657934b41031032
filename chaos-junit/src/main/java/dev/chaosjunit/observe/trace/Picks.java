// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Requests of a window that are worth a look, of those whose traces were received.
 *
 * @param slowest of all, failed ones among them
 * @param failed the slowest of those that failed
 * @param typical the median of those that did not fail
 */
public record Picks(Optional<Request> slowest, Optional<Request> failed, Optional<Request> typical) {
    private static final Comparator<Request> BY_LATENCY = Comparator.comparingLong(Request::latency);

    /**
     * A request as the load saw it.
     *
     * @param trace its trace
     * @param latency nanoseconds
     * @param failed whether it counts as an error
     */
    public record Request(TraceId trace, long latency, boolean failed) {}

    /** Pick from the requests of a window. */
    public static Picks of(List<Request> requests, Predicate<TraceId> received) {
        List<Request> shown = requests.stream()
                .filter(request -> received.test(request.trace()))
                .toList();
        List<Request> healthy = shown.stream()
                .filter(request -> !request.failed())
                .sorted(BY_LATENCY)
                .toList();
        return new Picks(
                shown.stream().max(BY_LATENCY),
                shown.stream().filter(Request::failed).max(BY_LATENCY),
                healthy.isEmpty() ? Optional.empty() : Optional.of(healthy.get((healthy.size() - 1) / 2)));
    }
}
