// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * Packets of chosen pods come twice by chance.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param chance how many
 * @param packets which are meant
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record NetworkDuplicate(
        Selection selection, Duration duration, Chance chance, Traffic packets, Percent minTouched)
        implements PacketFault {

    public NetworkDuplicate {
        Fault.checkDuration(duration);
    }

    @Override
    public Optional<Share> share() {
        return Optional.of(chance.asked());
    }

    @Override
    public Optional<String> clash(Fault other) {
        return other instanceof NetworkDuplicate duplicates && packets.overlaps(duplicates.packets)
                ? Optional.of("both duplicate packets of the same direction, peers and ports")
                : Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this).and(chance.words());
    }

    @Override
    public String describe() {
        return "duplicates of " + chance + ", " + packets + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @NetworkDuplicate}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkDuplicate";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            Chance chance = Chance.read(source, "duplicate");
            Traffic packets = Traffic.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(() -> new NetworkDuplicate(selection, duration, chance, packets, minTouched));
        }
    }
}
