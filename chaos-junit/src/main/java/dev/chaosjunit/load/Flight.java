// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way; yields exactly one sample, whoever ends it first: the answer or the clock. */
final class Flight {
    private final long plannedNanos;
    private final long timeoutNanos;
    private final Consumer<Sample> sink;
    private final AtomicBoolean landed = new AtomicBoolean();
    private @Nullable Runnable giveUp;

    Flight(long plannedNanos, long timeoutNanos, Consumer<Sample> sink) {
        this.plannedNanos = plannedNanos;
        this.timeoutNanos = timeoutNanos;
        this.sink = sink;
    }

    /** Remember how to give it up; only the thread that also calls {@link #expire()} may do this. */
    void givenUpBy(Runnable request) {
        this.giveUp = request;
    }

    boolean landed() {
        return landed.get();
    }

    long nanosLeft(long nowNanos) {
        return plannedNanos + timeoutNanos - nowNanos;
    }

    /** The time-out is over: count the request as failed and give it up. */
    void expire() {
        expired();
        if (giveUp != null) {
            giveUp.run();
        }
    }

    /** Somebody else saw that the time-out is over. */
    void expired() {
        land(timeoutNanos, Failure.TIMEOUT, true);
    }

    /**
     * It has its answer.
     *
     * @param fault what is wrong with it; null where nothing is
     */
    void answered(@Nullable String fault) {
        long latency = System.nanoTime() - plannedNanos;
        if (latency >= timeoutNanos) {
            expired();
        } else {
            land(latency, fault, true);
        }
    }

    /** It will have none. */
    void failed(Exception cause) {
        Failure failure = Failure.of(cause);
        land(timeoutNanos, failure.kind(), failure.sent());
    }

    /** Our own side gave it up. */
    void cancelled() {
        land(timeoutNanos, "cancelled", false);
    }

    private void land(long latencyNanos, @Nullable String error, boolean sent) {
        if (landed.compareAndSet(false, true)) {
            sink.accept(new Sample(plannedNanos, latencyNanos, error, sent, System.nanoTime()));
        }
    }
}
