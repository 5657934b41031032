// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Optional;

/** What sends a load's requests; one kind a protocol. */
interface Sender extends AutoCloseable {

    /** That of a spec's URL, ready to send. */
    static Sender of(LoadSpec spec, Hosts hosts, TraceIds traces, int maxInFlight) {
        return spec.isGrpc() ? GrpcSender.open(spec, hosts, traces) : new HttpSender(spec, hosts, traces, maxInFlight);
    }

    /** Have what is due from now on carry a mark, or none. */
    void mark(Optional<ChaosMark> wanted);

    /**
     * Send the request of a number without waiting.
     *
     * @param plannedNanos when it was due, on {@link System#nanoTime()}'s clock
     * @param flight told how it ended, on any thread
     * @return gives it up
     */
    Runnable send(int number, long plannedNanos, Flight flight);

    /** Close all connections at once. */
    @Override
    void close();
}
