// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Optional;

/** A fault on packets at the interface of a pod, where they pass: none is held, so that none comes late by it. */
public interface PacketFault extends Fault {

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

    @Override
    default Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    default String hint(Told told) {
        return packets().hint(told);
    }
}
