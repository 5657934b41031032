// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.clock;

import java.time.Duration;

/** Runs tasks later, until it is closed; a task that throws is not run again. */
public interface Timer extends AutoCloseable {

    /**
     * Run a task once.
     *
     * @throws java.util.concurrent.RejectedExecutionException once this is closed
     */
    void after(Duration delay, Runnable task);

    /**
     * Run a task again and again.
     *
     * @param first until it runs first
     * @param period from the end of a run to the begin of the next
     */
    void every(Duration first, Duration period, Runnable task);

    /** Interrupt the task that runs, and run no more. */
    @Override
    void close();

    /** Once closed: wait until no task runs, or the time is over. */
    void awaitEnd(Duration most) throws InterruptedException;
}
