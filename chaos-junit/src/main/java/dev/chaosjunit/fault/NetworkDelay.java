// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * Packets of chosen pods are held for some time.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param delay how long a packet is held
 * @param correlation how much a draw of the delay resembles the one before
 * @param packets which are meant
 * @param queue how much may be held
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record NetworkDelay(
        Selection selection,
        Duration duration,
        Latency delay,
        Percent correlation,
        Traffic packets,
        Queue queue,
        Percent minTouched)
        implements HoldingFault {

    public NetworkDelay {
        Fault.checkDuration(duration);
    }

    /** One that holds as much as needed, and may touch any share of the requests. */
    public NetworkDelay(Selection selection, Duration duration, Latency delay, Percent correlation, Traffic packets) {
        this(selection, duration, delay, correlation, packets, Queue.BY_NEED, Percent.NONE);
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.of(delay);
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .and(delay.words())
                .and(queue.words())
                .with("correlation", correlation.toString().replace("%", ""));
    }

    @Override
    public Optional<SideEffect> sideEffect(Told told, String pod, Duration on) {
        return Queue.overflow(told, pod);
    }

    @Override
    public String describe() {
        return "delay " + delay + (correlation.fraction() == 0 ? "" : ", correlation " + correlation) + ", " + packets
                + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @NetworkDelay}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkDelay";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            Latency delay = Latency.read(source);
            Percent correlation = source.read("correlation", Percent::parseUnsigned);
            Traffic packets = Traffic.read(source);
            Queue queue = Queue.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(
                    () -> new NetworkDelay(selection, duration, delay, correlation, packets, queue, minTouched));
        }
    }
}
