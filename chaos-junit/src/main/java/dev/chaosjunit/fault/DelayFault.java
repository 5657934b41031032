// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Packets of chosen pods are held for some time.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param latency how long a packet is held: 1 µs to 60 s, in whole microseconds; what is below one is cut off
 * @param jitter each packet's latency is drawn from {@code latency ± jitter}; 0 to {@code latency}
 * @param correlation how much a draw resembles the one before
 * @param direction whether what the pods send or receive is meant
 * @param target only packets exchanged with pods that have these labels, and with the Services in front of them
 * @param externalTargets only packets exchanged with these addresses or CIDR blocks; empty for all
 * @param port only packets whose other end has such a port
 * @param protocol only packets of this transport
 * @param probes whether probes of the pods' health are meant, too
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record DelayFault(
        Selection selection,
        Duration duration,
        Duration latency,
        Duration jitter,
        Percent correlation,
        Direction direction,
        Optional<Selector> target,
        List<Cidr> externalTargets,
        PortRange port,
        Protocol protocol,
        Probes probes,
        Percent minTouched)
        implements Fault {
    public DelayFault {
        Fault.checkDuration(duration);
        Latency.check(latency, jitter);
        externalTargets = List.copyOf(externalTargets);
    }

    /** A delay that probes meet like everybody else. */
    public DelayFault(
            Selection selection,
            Duration duration,
            Duration latency,
            Duration jitter,
            Percent correlation,
            Direction direction,
            Optional<Selector> target,
            List<Cidr> externalTargets,
            PortRange port,
            Protocol protocol) {
        this(
                selection,
                duration,
                latency,
                jitter,
                correlation,
                direction,
                target,
                externalTargets,
                port,
                protocol,
                Probes.HIT,
                Percent.NONE);
    }

    @Override
    public Unit unit() {
        return Unit.PACKET;
    }

    @Override
    public String describe() {
        return "delay " + Latency.describe(latency, jitter)
                + (correlation.fraction() == 0 ? "" : ", correlation " + correlation)
                + ", " + direction.name().toLowerCase(Locale.ROOT) + peers()
                + (probes == Probes.SPARE ? ", probes spared" : "")
                + ", " + Durations.format(duration) + ", on " + selection;
    }

    private String peers() {
        String ends = target.map(Selector::toString)
                .orElse(externalTargets.stream().map(Cidr::toString).collect(Collectors.joining(",")));
        return (ends.isEmpty() ? "" : " " + ends)
                + (port.equals(PortRange.ANY) ? "" : " port " + port)
                + (protocol == Protocol.ANY ? "" : " " + protocol);
    }
}
