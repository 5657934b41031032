// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * A share of the packets of chosen pods goes at once; the others are held for some time, and overtaken.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param ahead which go at once
 * @param gap of every so many one at most, 1 to 100,000; above 1 where all may go at once
 * @param delay how long the others are held
 * @param packets which are meant
 * @param queue how much may be held
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record NetworkReorder(
        Selection selection,
        Duration duration,
        Chance ahead,
        int gap,
        Latency delay,
        Traffic packets,
        Queue queue,
        Percent minTouched)
        implements HoldingFault {
    private static final int LARGEST_GAP = 100_000;

    public NetworkReorder {
        Fault.checkDuration(duration);
        if (gap < 1 || gap > LARGEST_GAP) {
            throw new IllegalArgumentException("gap must be 1 to 100000, but is " + gap);
        }
        if (gap == 1 && ahead.share().fraction() >= 1) {
            throw new IllegalArgumentException("reorder must be below 100%, or gap 2 or more: where all packets go at"
                    + " once, none is held, and none overtaken");
        }
    }

    /** Of those that the gap leaves to chance. */
    @Override
    public Optional<Share> share() {
        return Optional.of(ahead.asked());
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.of(delay);
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .and(ahead.words())
                .with("gap", gap)
                .and(delay.words())
                .and(queue.words());
    }

    @Override
    public String detail(Told told) {
        return "overtook others " + told.text("overtook") + ", " + Queue.detail(told);
    }

    @Override
    public Optional<SideEffect> sideEffect(Told told, String pod, Duration on) {
        return Queue.overflow(told, pod);
    }

    @Override
    public String describe() {
        return "reordering, " + ahead + " at once" + (gap == 1 ? "" : ", gap " + gap) + ", the others after " + delay
                + ", " + packets + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @NetworkReorder}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkReorder";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            Chance ahead = Chance.read(source, "reorder");
            int gap = source.read("gap", Integer::parseInt);
            Latency delay = Latency.read(source);
            Traffic packets = Traffic.read(source);
            Queue queue = Queue.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(
                    () -> new NetworkReorder(selection, duration, ahead, gap, delay, packets, queue, minTouched));
        }
    }
}
