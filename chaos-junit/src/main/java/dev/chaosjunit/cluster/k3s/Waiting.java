// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says once a second what is waited for, and for how long already. */
final class Waiting {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Waiting() {}

    /** What takes its time. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T done() throws E;
    }

    /** Wait for something; its words are asked for anew each second, on another thread. */
    static <T, E extends Exception> T during(Supplier<String> what, Work<T, E> work) throws E {
        long start = System.nanoTime();
        try (Timer ticks = Clock.SYSTEM.timer("chaos-k3s-waiting")) {
            ticks.every(SECOND, SECOND, () -> say(what.get(), start));
            return work.done();
        }
    }

    private static void say(String what, long start) {
        Duration waited = Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        System.out.println("[k3s] " + what + ", " + Durations.format(waited));
    }
}
