// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that keeps the schedule: request n is due at its turn, however late the ones before it were. It
 * also ends requests at their time-out; as all have the same one, the oldest always comes first.
 */
final class Pacer extends Thread {
    /** A request that is overdue by more than this is not sent: it would only pile up on a machine that is too busy. */
    private static final long TOO_LATE_NANOS = 1_000_000_000L;

    private final LoadSpec spec;
    private final Sender sender;
    private final Samples samples;
    private final int maxInFlight;
    private final Deque<Flight> flights = new ArrayDeque<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Turn turn;
    private long sequence;
    private volatile boolean stopping;
    private volatile boolean aborted;

    Pacer(LoadSpec spec, Sender sender, Samples samples, int maxInFlight, Turn turn) {
        super("chaos-load-pacer");
        setDaemon(true);
        this.spec = spec;
        this.sender = sender;
        this.samples = samples;
        this.maxInFlight = maxInFlight;
        this.turn = turn;
    }

    /** Send no more; the thread ends when the last request has landed. */
    void finish() {
        stopping = true;
        LockSupport.unpark(this);
    }

    /** Send no more and wait for nothing; what is in flight leaves no sample. */
    void abort() {
        aborted = true;
        finish();
    }

    @Override
    public void run() {
        while (!stopping) {
            long now = System.nanoTime();
            expire(now);
            long untilDue = planned(sequence) - now;
            if (untilDue <= 0) {
                send(planned(sequence), now);
                sequence++;
            } else {
                LockSupport.parkNanos(Math.min(untilDue, nextDeadline(now)));
            }
        }
        drain();
    }

    private void drain() {
        long now = System.nanoTime();
        expire(now);
        while (!flights.isEmpty() && !aborted) {
            LockSupport.parkNanos(nextDeadline(now));
            now = System.nanoTime();
            expire(now);
        }
    }

    private long planned(long number) {
        return turn.planned(number, spec.rate().perSecond());
    }

    private void expire(long now) {
        for (Flight first = flights.peekFirst(); first != null; first = flights.peekFirst()) {
            if (!first.landed()) {
                if (first.nanosLeft(now) > 0) {
                    return;
                }
                first.expire();
            }
            flights.removeFirst();
        }
    }

    private long nextDeadline(long now) {
        Flight first = flights.peekFirst();
        return first == null ? Long.MAX_VALUE : first.nanosLeft(now);
    }

    private void send(long planned, long now) {
        if (now - planned > TOO_LATE_NANOS) {
            unsent(planned, "load generator late");
        } else if (inFlight.get() >= maxInFlight) {
            unsent(planned, "too many in flight");
        } else {
            depart(planned);
        }
    }

    private void depart(long planned) {
        int number = samples.plan(planned);
        Flight flight = new Flight(planned, spec.timeout().toNanos(), sample -> landed(number, sample));
        flights.addLast(flight);
        inFlight.incrementAndGet();
        try {
            flight.givenUpBy(sender.send(number, planned, flight));
        } catch (RuntimeException e) {
            flight.failed(e);
        }
    }

    private void landed(int number, Sample sample) {
        inFlight.decrementAndGet();
        note(number, sample);
        if (stopping) {
            LockSupport.unpark(this);
        }
    }

    private void unsent(long planned, String why) {
        note(samples.plan(planned), new Sample(planned, spec.timeout().toNanos(), why, false));
    }

    private void note(int number, Sample sample) {
        if (!aborted) {
            samples.land(number, sample, System.nanoTime());
        }
    }
}
