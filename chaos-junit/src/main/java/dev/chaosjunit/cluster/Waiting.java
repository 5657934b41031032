// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Says again and again what is waited for, and for how long already.
 *
 * @param who says it
 * @param every how long it is silent in between, and at first
 * @param out takes its lines
 */
public record Waiting(String who, Duration every, Consumer<String> out) {

    /** Say it on the standard output, whatever that is by then. */
    public Waiting(String who, Duration every) {
        this(who, every, line -> System.out.println(line));
    }

    /** What takes its time. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T done() throws E;
    }

    /** Wait for something; its words are asked for anew each time, on another thread. */
    public <T, E extends Exception> T during(Supplier<String> what, Work<T, E> work) throws E {
        long start = System.nanoTime();
        try (Timer ticks = Clock.SYSTEM.timer("chaos-waiting")) {
            ticks.every(every, every, () -> say(what.get() + ", " + since(start)));
            return work.done();
        }
    }

    /** Say something now. */
    public void say(String what) {
        out.accept("[" + who + "] " + what);
    }

    private static String since(long start) {
        return Durations.format(Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
    }
}
