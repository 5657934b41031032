// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.inject.Injector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Whether something of our own is gone that runs stand on: what services answer from then on says nothing of them. */
public final class Losses {
    /** So late may word of an end come, on a busy machine: a failure that may be its doing waits for it. */
    private static final Duration LATE = Duration.ofMillis(500);

    private final Clock clock;
    private final CompletableFuture<Supplier<String>> first = new CompletableFuture<>();
    private final CountDownLatch told = new CountDownLatch(1);

    Losses(Cluster cluster, Injector injector, Clock clock) {
        this.clock = clock;
        var unused = cluster.lost().thenAccept(this::lose);
        unused = injector.lost().thenAccept(this::lose);
    }

    /** Say what is gone, in a sentence without a full stop: the run that stands on it ends at once. */
    public void lose(String what) {
        lose(() -> what);
    }

    private void lose(Supplier<String> what) {
        first.complete(what);
        told.countDown();
    }

    /** Have something done when it comes; at once if it has come. */
    void then(Runnable action) {
        var unused = first.thenRun(action);
    }

    /** Whether something is gone. */
    boolean isAny() {
        return first.isDone();
    }

    /** What is gone, if something is, in a sentence without a full stop: why may need seconds to be known. */
    public Optional<String> now() {
        return Optional.ofNullable(first.getNow(null)).map(Supplier::get);
    }

    /** The same, but word of it may still be on its way: what depends on it has just failed. */
    public Optional<String> lately() {
        try {
            if (!isAny()) {
                clock.await(told, LATE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return now();
    }
}
