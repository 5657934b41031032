// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import org.jspecify.annotations.Nullable;

/**
 * Ends a run when something of our own is gone that it stands on: what services answer from then on says nothing of them.
 * The load stops at once; the thread that made this is interrupted, whichever window it is in, until this is closed.
 */
final class LossWatch implements AutoCloseable {
    private final Losses losses;
    private final Thread run = Thread.currentThread();
    private @Nullable Loads loads;
    private boolean stopped;
    private boolean closed;

    LossWatch(Losses losses) {
        this.losses = losses;
        losses.then(this::stop);
    }

    /** A load that is to stop when something is lost; at once if that has come. */
    synchronized void started(Loads started) {
        loads = started;
        if (stopped) {
            started.abort();
        }
    }

    private synchronized void stop() {
        if (closed) {
            return;
        }
        stopped = true;
        if (loads != null) {
            loads.abort();
        }
        run.interrupt();
    }

    /** Whether something is gone. */
    boolean isLost() {
        return losses.isAny();
    }

    /** After code that may have made light of an interrupt. */
    void check() throws InterruptedException {
        if (isLost()) {
            throw new InterruptedException("lost");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (stopped) {
            var unused = Thread.interrupted(); // it was for this run
        }
    }
}
