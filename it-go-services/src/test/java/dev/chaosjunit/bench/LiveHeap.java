// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use, seen by one full collection after the other, by a thread beside the work. */
final class LiveHeap implements AutoCloseable {
    private static final long BETWEEN_MS = 10;

    private final long before = used();
    private final Thread looking = new Thread(this::look, "bench-live-heap");
    private volatile long most = before;
    private volatile boolean closed;

    LiveHeap() {
        looking.setDaemon(true);
        looking.start();
    }

    /** Bytes, more than at the start, now. */
    long held() {
        return Math.max(0, used() - before);
    }

    /** Bytes, more than at the start, at the worst moment that was seen. */
    long most() {
        return Math.max(0, most - before);
    }

    private void look() {
        while (!closed) {
            most = Math.max(most, used());
            try {
                Thread.sleep(BETWEEN_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        closed = true;
    }
}
