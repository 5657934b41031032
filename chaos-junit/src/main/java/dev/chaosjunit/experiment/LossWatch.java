// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.inject.Injector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run when something of our own is gone that it stands on: what services answer from then on says nothing of them.
 * The load stops at once; the thread that made this is interrupted, whichever window it is in, until this is closed.
 */
final class LossWatch implements AutoCloseable {
    /** So late may word of an end come, on a busy machine: a failure that may be its doing waits for it. */
    private static final Duration LATE = Duration.ofMillis(500);

    private final Clock clock;
    private final Thread run = Thread.currentThread();
    private final CountDownLatch told = new CountDownLatch(1);
    private @Nullable String lost;
    private @Nullable Loads loads;
    private boolean closed;

    LossWatch(Cluster cluster, Injector injector, Clock clock) {
        this.clock = clock;
        for (CompletableFuture<String> end : List.of(cluster.lost(), injector.lost())) {
            var unused = end.thenAccept(this::lost);
        }
    }

    /** A load that is to stop when something is lost; at once if that has come. */
    synchronized void started(Loads started) {
        loads = started;
        if (lost != null) {
            started.abort();
        }
    }

    private synchronized void lost(String what) {
        if (closed || lost != null) {
            return;
        }
        lost = what;
        if (loads != null) {
            loads.abort();
        }
        run.interrupt();
        told.countDown();
    }

    /** What is gone, if something is. */
    synchronized Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    /** The same, but word of it may still be on its way. */
    Optional<String> lostLately() {
        try {
            if (lost().isEmpty()) {
                clock.await(told, LATE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return lost();
    }

    /** After code that may have made light of an interrupt. */
    void check() throws InterruptedException {
        if (lost().isPresent()) {
            throw new InterruptedException("lost");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (lost != null) {
            var unused = Thread.interrupted(); // it was for this run
        }
    }
}
