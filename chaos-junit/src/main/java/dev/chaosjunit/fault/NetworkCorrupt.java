// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Packets of chosen pods are damaged by chance.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param chance how many
 * @param action what becomes of them
 * @param packets which are meant
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record NetworkCorrupt(
        Selection selection,
        Duration duration,
        Chance chance,
        CorruptAction action,
        Traffic packets,
        Percent minTouched)
        implements PacketFault {

    public NetworkCorrupt {
        Fault.checkDuration(duration);
    }

    @Override
    public Optional<Share> share() {
        return Optional.of(chance.asked());
    }

    @Override
    public Optional<String> clash(Fault other) {
        return other instanceof NetworkCorrupt damages && packets.overlaps(damages.packets)
                ? Optional.of("both damage packets of the same direction, peers and ports")
                : Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .with("action", action.name().toLowerCase(Locale.ROOT))
                .and(chance.words());
    }

    @Override
    public String detail(Told told) {
        long failed = told.number("failed");
        return "let by without payload " + told.text("without_payload")
                + (failed == 0 ? "" : ", could not be changed " + failed);
    }

    @Override
    public String describe() {
        return "corruption of " + chance + ", " + action + ", " + packets + ", " + Durations.format(duration) + ", on "
                + selection;
    }

    /** Reads {@code @NetworkCorrupt}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkCorrupt";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            Chance chance = Chance.read(source, "corrupt");
            CorruptAction action = source.choice("action", CorruptAction.class);
            Traffic packets = Traffic.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(() -> new NetworkCorrupt(selection, duration, chance, action, packets, minTouched));
        }
    }
}
