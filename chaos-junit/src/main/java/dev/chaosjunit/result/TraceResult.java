// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the services told of requests, by traces.
 *
 * @param spans that were received
 * @param notKept what else came
 * @param windows in order
 * @param slower where requests took longer under the fault than before it, the most first
 * @param deadlines what was left of them where requests came by under the fault, else before it, in a sentence; ""
 *     where no request has a trace
 * @param lost who does not pass the id of the fault on, a sentence each
 */
public record TraceResult(
        long spans,
        NotKept notKept,
        List<TracedWindow> windows,
        List<Slower> slower,
        String deadlines,
        List<String> lost) {

    /**
     * What came and is not among the spans.
     *
     * @param dropped spans that there was no room for
     * @param invalid spans without a legal trace id and span id
     * @param refused requests that could not be read, or were too long
     * @param cut names and values that were shortened, attributes and events beyond the most that a span has
     */
    public record NotKept(long dropped, long invalid, long refused, long cut) {
        /** All was kept, as it was. */
        public static final NotKept NOTHING = new NotKept(0, 0, 0, 0);
    }

    /**
     * The requests of a window.
     *
     * @param requests that were sent
     * @param traced those of which a span was received
     * @param calls of services to one another
     * @param picked requests worth a look
     */
    public record TracedWindow(
            Stage window, int requests, int traced, List<ServiceCalls> calls, List<Waterfall> picked) {}

    /**
     * Calls of one service to another.
     *
     * @param to the service that answered, or the address that was called
     * @param calls of all requests together
     * @param failed those that the caller says failed
     * @param perRequest calls a request, the mean
     * @param lower bound of that at 95 %
     * @param upper bound; infinite for too few requests
     * @param faulted whether a fault was on the way or at an end of it
     */
    public record ServiceCalls(
            String from,
            String to,
            int calls,
            int failed,
            double p50Ms,
            double p99Ms,
            double perRequest,
            double lower,
            double upper,
            boolean faulted) {}

    /**
     * One request, span by span.
     *
     * @param why it was picked: {@code slowest}, {@code failed}, {@code typical}, {@code profiled},
     *     {@code leaking}
     * @param trace 32 hexadecimal digits
     * @param latencyMs as the load saw it
     * @param spans in order of start, the children of one behind it
     */
    public record Waterfall(String why, String trace, double latencyMs, List<SpanBar> spans) {}

    /**
     * A span of a waterfall.
     *
     * @param id 16 hexadecimal digits
     * @param depth 0 for the first
     * @param fromMs since the start of the first
     * @param leftMs of its deadline as it began, negative where that was over; absent where it tells of none
     * @param detail its status' message and attributes, for a reader
     */
    public record SpanBar(
            String id,
            String service,
            String name,
            String kind,
            int depth,
            double fromMs,
            double ms,
            boolean failed,
            @Nullable Double leftMs,
            String detail) {}

    /**
     * A part of requests that took longer.
     *
     * @param part as {@code order-service: GET (client span)}
     * @param beforeMs its own time in a request, the median
     * @param faultMs the same under the fault
     */
    public record Slower(String part, double beforeMs, double faultMs) {}
}
