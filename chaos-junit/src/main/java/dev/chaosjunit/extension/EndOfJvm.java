// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.experiment.Losses;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has a run that this JVM does not outlive, as at Ctrl-C, say so in its report, and holds the end up for that long. */
final class EndOfJvm {
    private static final Duration LONGEST = Duration.ofMillis(900);

    private final Losses losses;
    private final CountDownLatch reported = new CountDownLatch(1);
    private final Thread hook = new Thread(this::ends, "chaos-end");

    private EndOfJvm(Losses losses) {
        this.losses = losses;
    }

    /** Have the runs that these losses are for say so, until one is {@link #reported}. */
    static EndOfJvm watch(Losses losses) {
        EndOfJvm end = new EndOfJvm(losses);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    private void ends() {
        losses.lose("this JVM was told to end, by a signal (Ctrl-C) or System.exit");
        try {
            var unused = reported.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run is over, and its report is written where there is one. */
    void reported() {
        reported.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is ending
        }
    }
}
