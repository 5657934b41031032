// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The moment that pods are given which are just about to become ready. */
public final class Grace {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    private Grace() {}

    /** Those that are missing still when it is over; at once where none is. */
    public static <T> List<T> left(Supplier<List<T>> missing) {
        try {
            return Poll.every(LOOK).within(MOMENT).until(List::isEmpty, missing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return missing.get();
        }
    }
}
