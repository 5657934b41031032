// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Exports that wait for their sender, in bounds, and the count of those that were lost. Adding never waits. */
final class OtlpQueue {
    /** Bytes that may wait unless told otherwise: 32 MiB, room for the largest body that is received. */
    static final long BYTES = 32L << 20;

    private static final int OVERHEAD = 128; // of an export in memory, so that empty ones are bounded, too

    private final long mostBytes;
    private final Queue<OtlpExport> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;
    private long handedOver; // these since the last look
    private long lost;
    private long lostBytes;
    private String why = "";

    OtlpQueue(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void add(OtlpExport export) {
        handedOver++;
        if (closed) {
            lose(export, "it came after the end");
        } else if (bytes + size(export) > mostBytes) {
            lose(export, "it found " + bytes + " bytes waiting");
        } else {
            bytes += size(export);
            waiting.add(export);
            notifyAll();
        }
    }

    /** The one to send next, which stays here until it is {@link #done}. */
    synchronized OtlpExport first() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.element();
    }

    /** The first has been sent, or was lost for a reason; nothing, where it has been given up meanwhile. */
    synchronized void done(OtlpExport export, Optional<String> failure) {
        if (!waiting.isEmpty()) {
            waiting.remove();
            bytes -= size(export);
            failure.ifPresent(reason -> lose(export, reason));
            notifyAll();
        }
    }

    synchronized void awaitEmpty(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        try {
            for (long left = most.toNanos(); !waiting.isEmpty() && left > 0; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000)); // less would be no wait
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Take no more. */
    synchronized void close() {
        closed = true;
    }

    /** Lose all that waits. */
    synchronized void abandon(String reason) {
        waiting.forEach(export -> lose(export, reason));
        waiting.clear();
        bytes = 0;
    }

    private void lose(OtlpExport export, String reason) {
        lost++;
        lostBytes += export.body().size();
        why = reason;
    }

    /** What was lost since the last time, and what waits; empty where that is nothing. */
    synchronized Optional<String> undelivered() {
        if (lost + waiting.size() == 0) {
            handedOver = 0;
            return Optional.empty();
        }
        String losses = lost == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d exports were lost (%,d bytes), the last as %s",
                        lost,
                        handedOver,
                        lostBytes,
                        why);
        String rest = waiting.isEmpty() ? "" : String.format(Locale.ROOT, "%,d still wait", waiting.size());
        handedOver = waiting.size();
        lost = 0;
        lostBytes = 0;
        return Optional.of(losses + (losses.isEmpty() || rest.isEmpty() ? "" : "; ") + rest);
    }

    private static long size(OtlpExport export) {
        return (long) export.body().size() + OVERHEAD;
    }
}
