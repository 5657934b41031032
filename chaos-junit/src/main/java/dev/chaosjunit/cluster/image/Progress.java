// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.Waiting;
import dev.chaosjunit.quantity.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Says what is built, and what came of it. */
final class Progress {
    private static final Waiting WAITING = new Waiting("build", Duration.ofSeconds(10));

    private Progress() {}

    /** What is done, and what is said of it then. */
    @FunctionalInterface
    interface Work {
        String done() throws IOException;
    }

    /**
     * Build something.
     *
     * @param what is said while that takes long, and at its end
     */
    static void of(String what, Work work) throws IOException {
        long start = System.nanoTime();
        String result = WAITING.during(() -> what, work::done);
        Duration took = Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        WAITING.say(what + ": " + result + ", " + Durations.format(took));
    }

    /** Wait for something else. */
    static void wait(String what, Waiting.Work<?, IOException> work) throws IOException {
        WAITING.say(what);
        var unused = WAITING.during(() -> what, work);
    }
}
