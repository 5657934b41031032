// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.clock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Time that passes only while somebody waits, and then at once: whatever is due meanwhile is run by who waits. */
public final class FakeClock implements Clock {
    private final List<Due> due = new ArrayList<>();
    private long now = 1_000_000_000;

    private record Due(long at, FakeTimer timer, Runnable task) {}

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        check();
        pass(time);
        check();
    }

    /** The same for code that cannot be interrupted. */
    public void pass(Duration time) {
        long end = now + Math.max(0, time.toNanos());
        while (runsNext(end)) {
            // and what that made due
        }
        now = end;
    }

    /** Have something happen at a moment from now. */
    public void after(Duration delay, Runnable task) {
        timer("test").after(delay, task);
    }

    @Override
    public void await(CountDownLatch latch) throws InterruptedException {
        check();
        while (latch.getCount() > 0) {
            if (!runsNext(Long.MAX_VALUE)) {
                throw new AssertionError("would be waited for for ever");
            }
            check();
        }
    }

    @Override
    public void await(CountDownLatch latch, Duration most) throws InterruptedException {
        check();
        long end = now + most.toNanos();
        while (latch.getCount() > 0 && runsNext(end)) {
            check();
        }
        now = latch.getCount() > 0 ? end : now;
    }

    private static void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private boolean runsNext(long end) {
        Due next = due.stream().min(Comparator.comparingLong(Due::at)).orElse(null);
        if (next == null || next.at() > end) {
            return false;
        }
        due.remove(next);
        now = Math.max(now, next.at());
        next.task().run();
        return true;
    }

    @Override
    public Timer timer(String name) {
        return new FakeTimer();
    }

    private final class FakeTimer implements Timer {

        @Override
        public void after(Duration delay, Runnable task) {
            due.add(new Due(now + delay.toNanos(), this, task));
        }

        @Override
        public void every(Duration first, Duration period, Runnable task) {
            after(first, () -> {
                every(period, period, task);
                task.run();
            });
        }

        @Override
        public void close() {
            due.removeIf(task -> task.timer() == this);
        }

        @Override
        public void awaitEnd(Duration most) {
            // whoever asks is the thread that runs tasks
        }
    }
}
