// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says once a second what is waited for, and for how long already. */
final class Waiting {
    private Waiting() {}

    /** What takes its time. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T done() throws E;
    }

    /** Wait for something; its words are asked for anew each second, on another thread. */
    static <T, E extends Exception> T during(Supplier<String> what, Work<T, E> work) throws E {
        long start = System.nanoTime();
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "chaos-k3s-waiting");
            thread.setDaemon(true);
            return thread;
        });
        var unused = ticks.scheduleAtFixedRate(() -> say(what.get(), start), 1, 1, TimeUnit.SECONDS);
        try {
            return work.done();
        } finally {
            ticks.shutdownNow();
        }
    }

    private static void say(String what, long start) {
        Duration waited = Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        System.out.println("[k3s] " + what + ", " + Durations.format(waited));
    }
}
