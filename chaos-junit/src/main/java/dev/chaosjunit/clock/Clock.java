// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.clock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What time it is, and how to wait. */
public interface Clock {

    /** The machine's own. */
    Clock SYSTEM = new SystemClock();

    /** A moment, nanoseconds; only the distance of two means something. */
    long nanoTime();

    /** Wait this long; not at all where it is zero or less. */
    void sleep(Duration time) throws InterruptedException;

    /** Wait until a latch is open, however long that takes. */
    void await(CountDownLatch latch) throws InterruptedException;

    /** Wait until a latch is open, or the time is over; whoever asks looks at the latch. */
    void await(CountDownLatch latch, Duration most) throws InterruptedException;

    /**
     * Begin to run tasks later.
     *
     * @param name of the thread that runs them, one at a time
     */
    Timer timer(String name);
}
