// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spans as they come in, in bounds: when it is full, what comes is counted by service and let go, so that what was there
 * first stays whole. Safe for many threads; none waits for longer than a list takes to grow.
 */
public final class SpanStore {
    /** Spans that a store keeps unless told otherwise. */
    public static final int SPANS = 200_000;
    /** Bytes that they may take, as estimated, unless told otherwise: 128 MiB. */
    public static final long BYTES = 128L << 20;
    /** Where spans of services are counted that came after so many others had been named. */
    public static final String OTHERS = "other services";

    private static final int NAMED = 200;

    private final int mostSpans;
    private final long mostBytes;
    private final Map<String, Long> dropped = new HashMap<>();
    private List<Span> spans = new ArrayList<>();
    private long bytes;

    final AtomicLong invalid = new AtomicLong();
    final AtomicLong malformed = new AtomicLong();
    final AtomicLong cut = new AtomicLong();
    final AtomicLong metrics = new AtomicLong();
    final AtomicLong logs = new AtomicLong();

    /** A store of {@link #SPANS} and {@link #BYTES}. */
    public SpanStore() {
        this(SPANS, BYTES);
    }

    /**
     * A store of other bounds.
     *
     * @param mostSpans 1 or more
     * @param mostBytes estimated, 1 or more
     */
    public SpanStore(int mostSpans, long mostBytes) {
        if (mostSpans < 1 || mostBytes < 1) {
            throw new IllegalArgumentException("a store has room for a span: " + mostSpans + ", " + mostBytes + " B");
        }
        this.mostSpans = mostSpans;
        this.mostBytes = mostBytes;
    }

    /** Keep a span; false where there is no room, which is counted. */
    public synchronized boolean add(Span span) {
        long size = SpanSize.of(span);
        if (isFull() || bytes + size > mostBytes) {
            drop(span.service(), 1);
            return false;
        }
        bytes += size;
        spans.add(span);
        return true;
    }

    /** Whether no span at all is kept any more. */
    synchronized boolean isFull() {
        return spans.size() >= mostSpans || bytes >= mostBytes;
    }

    /** Count spans that were not even looked at. */
    synchronized void drop(String service, long count) {
        String named = dropped.containsKey(service) || dropped.size() < NAMED ? service : OTHERS;
        dropped.merge(named, count, Long::sum);
    }

    /** What is there now, joined to traces. */
    public Traces snapshot() {
        List<Span> now;
        synchronized (this) {
            now = List.copyOf(spans);
        }
        return Traces.of(now);
    }

    /** What came in since the start, or since {@link #clear()}. */
    public synchronized Received received() {
        return new Received(
                spans.size(), dropped, invalid.get(), malformed.get(), cut.get(), metrics.get(), logs.get());
    }

    /** Forget all spans and counts: for another test. */
    public synchronized void clear() {
        spans = new ArrayList<>();
        bytes = 0;
        dropped.clear();
        List.of(invalid, malformed, cut, metrics, logs).forEach(count -> count.set(0));
    }
}
