// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The moment that pods are given which are just about to become ready. */
public final class Grace {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 20;

    private Grace() {}

    /** Those that are missing still when it is over; at once where none is. */
    public static <T> List<T> left(Supplier<List<T>> missing) {
        long deadline = System.nanoTime() + MOMENT.toNanos();
        List<T> left = missing.get();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return left;
            }
            left = missing.get();
        }
        return left;
    }
}
