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
        Protocol protocol)
        implements Fault {
    private static final Duration SHORTEST = Duration.ofNanos(1000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public DelayFault {
        Fault.checkDuration(duration);
        if (latency.compareTo(SHORTEST) < 0 || latency.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("latency must be 1us to 60s, but is " + Durations.format(latency));
        }
        if (jitter.isNegative() || jitter.compareTo(latency) > 0) {
            throw new IllegalArgumentException("jitter must be 0ms to the latency (" + Durations.format(latency)
                    + "), because a packet cannot be sent before it came, but is " + Durations.format(jitter));
        }
        externalTargets = List.copyOf(externalTargets);
    }

    @Override
    public String describe() {
        return "delay " + Durations.format(latency) + (jitter.isZero() ? "" : " ± " + Durations.format(jitter))
                + (correlation.fraction() == 0 ? "" : ", correlation " + correlation)
                + ", " + direction.name().toLowerCase(Locale.ROOT) + peers()
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
