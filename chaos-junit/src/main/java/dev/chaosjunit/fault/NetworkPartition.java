// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chosen pods are cut off from others.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param action what is seen of it
 * @param packets which are meant
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record NetworkPartition(
        Selection selection, Duration duration, PartitionAction action, Traffic packets, Percent minTouched)
        implements PacketFault {
    /** What a fault on names is on. */
    private static final Traffic QUERIES =
            new Traffic(Direction.TO, Optional.empty(), List.of(), PortRange.parse("53"), Protocol.UDP, Probes.HIT);

    public NetworkPartition {
        Fault.checkDuration(duration);
    }

    /** Another that is on packets which are all cut off here would have none left. */
    @Override
    public Optional<String> clash(Fault other) {
        Optional<Traffic> others = other.traffic().or(() -> other.names().map(names -> QUERIES));
        if (other instanceof NetworkPartition cuts) {
            return packets.overlaps(cuts.packets)
                    ? Optional.of("both cut off packets of the same direction, peers and ports")
                    : Optional.empty();
        }
        return others.filter(packets::covers)
                .map(hidden -> "the partition leaves no packets to the " + other.name() + " fault");
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this).with("action", action.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String detail(Told told) {
        return "dropped " + told.text("dropped") + ", answered by a reset " + told.text("resets");
    }

    @Override
    public String describe() {
        return "partition, " + action + ", " + packets + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @NetworkPartition}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkPartition";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            PartitionAction action = source.choice("action", PartitionAction.class);
            Traffic packets = Traffic.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(() -> new NetworkPartition(selection, duration, action, packets, minTouched));
        }
    }
}
