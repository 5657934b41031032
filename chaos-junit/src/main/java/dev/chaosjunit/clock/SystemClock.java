// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.clock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The machine's clock; its timers are daemon threads. */
final class SystemClock implements Clock {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(); // also where there is nothing to wait for
        }
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    @Override
    public void await(CountDownLatch latch) throws InterruptedException {
        latch.await();
    }

    @Override
    public void await(CountDownLatch latch, Duration most) throws InterruptedException {
        var unused = latch.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Timer timer(String name) {
        return new DaemonTimer(name);
    }

    private static final class DaemonTimer implements Timer {
        private final ScheduledExecutorService thread;

        DaemonTimer(String name) {
            thread = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread daemon = new Thread(task, name);
                daemon.setDaemon(true);
                return daemon;
            });
        }

        @Override
        public void after(Duration delay, Runnable task) {
            var unused = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void every(Duration first, Duration period, Runnable task) {
            var unused = thread.scheduleWithFixedDelay(task, first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }

        @Override
        public void awaitEnd(Duration most) throws InterruptedException {
            var unused = thread.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
