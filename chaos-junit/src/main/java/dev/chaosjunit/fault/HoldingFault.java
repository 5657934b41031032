// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Optional;

/** A fault that holds packets in a delay line and sends them on when they are due. */
public interface HoldingFault extends Fault {

    /** Which packets are meant. */
    Traffic packets();

    @Override
    default Unit unit() {
        return Unit.PACKET;
    }

    @Override
    default Scope scope() {
        return Scope.NETWORK;
    }

    @Override
    default Optional<Traffic> traffic() {
        return Optional.of(packets());
    }

    /** What one sends on passes all others, so that the same packets cannot be held by two. */
    @Override
    default Optional<String> clash(Fault other) {
        return other instanceof HoldingFault holding && packets().overlaps(holding.packets())
                ? Optional.of("both hold packets of the same direction, peers and ports")
                : Optional.empty();
    }

    @Override
    default String detail(Told told) {
        return Queue.detail(told);
    }

    @Override
    default String hint(Told told) {
        return packets().hint(told);
    }
}
