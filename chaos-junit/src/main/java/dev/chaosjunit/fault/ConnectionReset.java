// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * TCP connections of chosen pods are reset.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param when by their next packet, or all at once
 * @param connections which of those that are met
 * @param packets whose connections are meant
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record ConnectionReset(
        Selection selection,
        Duration duration,
        ResetTime when,
        Connections connections,
        Traffic packets,
        Percent minTouched)
        implements PacketFault {

    public ConnectionReset {
        Fault.checkDuration(duration);
        if (packets.protocol() != Protocol.TCP) {
            throw new IllegalArgumentException(
                    "protocol must be TCP, since nothing else has connections, but is " + packets.protocol());
        }
        if (when == ResetTime.AT_ONCE && packets.direction() != Direction.BOTH) {
            throw new IllegalArgumentException("direction must be BOTH with when = AT_ONCE, since a connection at rest"
                    + " goes neither way, but is " + packets.direction());
        }
        if (when == ResetTime.AT_ONCE && packets.trace().isPresent()) {
            throw new IllegalArgumentException(
                    "trace goes with when = NEXT_PACKET, since a connection at rest belongs to no request");
        }
    }

    /** What it meets of packets it counts as such, and of sockets as connections. */
    @Override
    public Unit unit() {
        return when == ResetTime.AT_ONCE ? Unit.CONNECTION : Unit.PACKET;
    }

    /** With a limit, fewer are reset than were drawn. */
    @Override
    public Optional<Share> share() {
        return connections.count() == 0 && connections.probability().fraction() < 1
                ? Optional.of(new Share(connections.probability()))
                : Optional.empty();
    }

    @Override
    public boolean losesWhatIsInFlight() {
        return packets.trace().isEmpty();
    }

    @Override
    public Optional<String> clash(Fault other) {
        return other instanceof ConnectionReset reset && packets.overlaps(reset.packets)
                ? Optional.of("both reset connections of the same direction, peers and ports")
                : Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .with("mechanism", when == ResetTime.AT_ONCE ? "socket" : "packet")
                .and(connections.words());
    }

    @Override
    public String detail(Told told) {
        String reset = "reset " + told.text("hit") + " of " + told.text("drawn") + " connections met";
        long unmade = told.number("unmade");
        return reset
                + (unmade == 0
                        ? ""
                        : when == ResetTime.AT_ONCE
                                ? ", the kernel refused " + unmade + " (" + told.text("unmade_errno") + ")"
                                : ", passed " + unmade + " packets in fragments or with options of IP");
    }

    @Override
    public String describe() {
        return "reset of connections " + (when == ResetTime.AT_ONCE ? "at once" : "by their next packet") + connections
                + ", " + packets + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @ConnectionReset}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "ConnectionReset";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            ResetTime when = source.choice("when", ResetTime.class);
            Connections connections = Connections.read(source);
            Traffic packets = Traffic.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(() -> new ConnectionReset(selection, duration, when, connections, packets, minTouched));
        }
    }
}
