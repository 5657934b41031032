// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits that an interrupt does not end: a cancelled test must still be able to lift its fault. The flag stays set. */
final class Uninterruptibly {

    private Uninterruptibly() {}

    /** A wait of at most some nanoseconds. */
    @FunctionalInterface
    interface Wait<T> {
        T await(long nanos) throws InterruptedException;
    }

    static <T> T await(Duration atMost, Wait<T> wait) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.await(Math.max(0, deadline - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void join(Thread thread, long millis) {
        await(Duration.ofMillis(millis), nanos -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, nanos));
            return !thread.isAlive();
        });
    }
}
