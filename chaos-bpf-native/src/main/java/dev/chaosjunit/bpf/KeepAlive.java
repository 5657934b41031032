// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says hello whenever nothing else has been asked for an interval, until closed or refused. */
final class KeepAlive {

    /** One request, on the thread of the keep-alive. */
    @FunctionalInterface
    interface Hello {
        void say() throws HelperException;
    }

    private final Duration interval;
    private final LongSupplier askedNanos;
    private final Hello hello;

    KeepAlive(Duration interval, LongSupplier askedNanos, Hello hello) {
        this.interval = interval;
        this.askedNanos = askedNanos;
        this.hello = hello;
    }

    void start(CountDownLatch closed, Runnable onFailure) {
        Thread thread = new Thread(() -> run(closed, onFailure), "chaos-agent-keep-alive");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(CountDownLatch closed, Runnable onFailure) {
        try {
            while (!closed.await(untilDueNanos(), TimeUnit.NANOSECONDS)) {
                if (untilDueNanos() <= 0) {
                    hello.say();
                }
            }
        } catch (HelperException e) {
            onFailure.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long untilDueNanos() {
        return interval.toNanos() - (System.nanoTime() - askedNanos.getAsLong());
    }
}
