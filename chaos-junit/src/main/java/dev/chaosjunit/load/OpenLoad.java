// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.List;
import java.util.Optional;

/**
 * A running load. Its requests are sent at their planned times and never wait for answers (an open model), so that a
 * slow service is seen as its users would see it. Latency counts from the planned time.
 *
 * <p>A request without an answer (refused, reset, timed out) counts at the time-out. A request that our own side could
 * not send (more than 1 s late, more than {@value #MAX_IN_FLIGHT} in flight, unknown host) is a sample too, with
 * {@code sent} false. It uses two threads, and
 * eight connections or more. The first load
 * of a JVM takes a moment to start, so as to load the HTTP client's classes before its schedule begins.
 */
public final class OpenLoad implements RunningLoad {
    /** Requests on their way at any time; further ones count as unsent. */
    public static final int MAX_IN_FLIGHT = 20_000;

    private final LoadSpec spec;
    private final Samples samples = new Samples();
    private final TraceIds traces = TraceIds.fresh();
    private final Sender sender;
    private final Pacer pacer;

    private OpenLoad(LoadSpec spec, Routes routes, Turn turn) {
        this.spec = spec;
        this.sender = Sender.of(spec, new Hosts(routes), traces, MAX_IN_FLIGHT);
        this.pacer = new Pacer(spec, sender, samples, MAX_IN_FLIGHT, turn);
        pacer.start();
    }

    /**
     * Start sending at once.
     *
     * @param spec what to send; the host name of its URL is what the service sees in the Host header
     * @param routes where the URL's host is reached
     * @throws IllegalArgumentException if it is of gRPC, and the server has no such method, or does not tell
     */
    public static OpenLoad start(LoadSpec spec, Routes routes) {
        Warmup.once();
        return start(spec, routes, Turn.alone());
    }

    static OpenLoad start(LoadSpec spec, Routes routes, Turn turn) {
        return new OpenLoad(spec, routes, turn);
    }

    @Override
    public LoadSpec spec() {
        return spec;
    }

    @Override
    public List<Sample> samples() {
        return samples.byPlannedTime();
    }

    @Override
    public List<Sample> samples(long fromNanos, long toNanos) {
        return samples.byPlannedTime(fromNanos, toNanos);
    }

    @Override
    public List<Sample> due(long fromNanos, long toNanos) {
        return samples.due(fromNanos, toNanos);
    }

    @Override
    public long ended(long fromNanos, long toNanos) {
        return samples.ended(fromNanos, toNanos);
    }

    @Override
    public List<TracedRequest> traced(long fromNanos, long toNanos) {
        return spec.following() == Following.TRACED ? samples.traced(traces, fromNanos, toNanos) : List.of();
    }

    @Override
    public void mark(Optional<ChaosMark> mark) {
        sender.mark(mark);
    }

    @Override
    public Live live() {
        return samples.live(System.nanoTime());
    }

    @Override
    public void stop() {
        pacer.finish();
        try {
            pacer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void finish() {
        pacer.finish();
    }

    @Override
    public void abort() {
        pacer.abort();
        sender.close();
    }

    @Override
    public void close() {
        stop();
        sender.close();
    }
}
