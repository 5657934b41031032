// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.jspecify.annotations.Nullable;

/** One request on its way; yields exactly one sample, whoever ends it first: the answer or the clock. */
final class Flight implements FutureCallback<Message<HttpResponse, String>> {
    private final long plannedNanos;
    private final long timeoutNanos;
    private final Expected expected;
    private final Consumer<Sample> sink;
    private final AtomicBoolean landed = new AtomicBoolean();
    private @Nullable Future<?> future;

    Flight(long plannedNanos, long timeoutNanos, Expected expected, Consumer<Sample> sink) {
        this.plannedNanos = plannedNanos;
        this.timeoutNanos = timeoutNanos;
        this.expected = expected;
        this.sink = sink;
    }

    /** Remember what to cancel; only the thread that also calls {@link #expire()} may do this. */
    void cancelLater(Future<?> request) {
        this.future = request;
    }

    boolean landed() {
        return landed.get();
    }

    long nanosLeft(long nowNanos) {
        return plannedNanos + timeoutNanos - nowNanos;
    }

    /** The time-out is over: count the request as failed and close its connection. */
    void expire() {
        land(timeoutNanos, Failure.TIMEOUT, true);
        if (future != null) {
            future.cancel(true);
        }
    }

    @Override
    public void completed(Message<HttpResponse, String> answer) {
        long latency = System.nanoTime() - plannedNanos;
        int status = answer.getHead().getCode();
        if (latency >= timeoutNanos) {
            land(timeoutNanos, Failure.TIMEOUT, true);
        } else {
            land(latency, expected.fault(status, answer.getBody()), true);
        }
    }

    @Override
    public void failed(Exception cause) {
        Failure failure = Failure.of(cause);
        land(timeoutNanos, failure.kind(), failure.sent());
    }

    @Override
    public void cancelled() {
        land(timeoutNanos, "cancelled", false);
    }

    private void land(long latencyNanos, @Nullable String error, boolean sent) {
        if (landed.compareAndSet(false, true)) {
            sink.accept(new Sample(plannedNanos, latencyNanos, error, sent, System.nanoTime()));
        }
    }
}
