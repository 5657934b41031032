// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Optional;

/** Which faults cannot be on one pod at the same time, because which of them a packet or a call meets would be chance. */
public final class Conflicts {
    private Conflicts() {}

    /** Why two faults on the same pod cannot combine, or empty where they can. */
    public static Optional<String> between(Fault one, Fault other) {
        if (one instanceof DnsFault a && other instanceof DnsFault b) {
            return dns(a, b);
        }
        if (one instanceof DelayFault a && other instanceof DelayFault b) {
            return delay(a, b);
        }
        if (one instanceof UringFault a && other instanceof UringFault b && a.operation() == b.operation()) {
            return Optional.of("both act on io_uring " + a.operation());
        }
        return Optional.empty();
    }

    private static Optional<String> dns(DnsFault one, DnsFault other) {
        boolean types = one.types().isEmpty()
                || other.types().isEmpty()
                || one.types().stream().anyMatch(other.types()::contains);
        if (!types) {
            return Optional.empty();
        }
        return one.patterns().stream()
                .flatMap(a -> other.patterns().stream()
                        .filter(b -> DomainPattern.overlap(a, b))
                        .map(b -> "both answer names of \"" + a + "\" and \"" + b + "\""))
                .findFirst();
    }

    /** Peers are compared where they are known as addresses: by whoever injects. */
    private static Optional<String> delay(DelayFault one, DelayFault other) {
        boolean directions = one.direction() == Direction.BOTH
                || other.direction() == Direction.BOTH
                || one.direction() == other.direction();
        boolean protocols = one.protocol() == Protocol.ANY
                || other.protocol() == Protocol.ANY
                || one.protocol() == other.protocol();
        return directions && protocols && one.port().overlaps(other.port())
                ? Optional.of("both hold packets of the same direction, peers and ports")
                : Optional.empty();
    }
}
