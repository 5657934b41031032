// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * Packets of chosen pods are lost by chance.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param chance how many, one by one
 * @param bursts how many, where they are lost in bursts
 * @param packets which are meant
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record NetworkLoss(
        Selection selection,
        Duration duration,
        Chance chance,
        Optional<Bursts> bursts,
        Traffic packets,
        Percent minTouched)
        implements PacketFault {

    public NetworkLoss {
        Fault.checkDuration(duration);
    }

    /** One by one, and any share of the requests. */
    public NetworkLoss(Selection selection, Duration duration, Chance chance, Traffic packets) {
        this(selection, duration, chance, Optional.empty(), packets, Percent.NONE);
    }

    @Override
    public Optional<Share> share() {
        return Optional.of(bursts.map(Bursts::asked).orElseGet(chance::asked));
    }

    @Override
    public Optional<String> clash(Fault other) {
        return other instanceof NetworkLoss loses && packets.overlaps(loses.packets)
                ? Optional.of("both lose packets of the same direction, peers and ports")
                : Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this).and(bursts.map(Bursts::words).orElseGet(chance::words));
    }

    @Override
    public String describe() {
        return "loss of " + bursts.map(Bursts::toString).orElseGet(chance::toString) + ", " + packets + ", "
                + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @NetworkLoss}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkLoss";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            Chance chance = Chance.read(source, "loss");
            Optional<Bursts> bursts = Bursts.read(source, chance);
            Traffic packets = Traffic.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(() -> new NetworkLoss(selection, duration, chance, bursts, packets, minTouched));
        }
    }
}
