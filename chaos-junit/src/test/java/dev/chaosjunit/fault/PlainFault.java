// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A fault of which only its description matters; it says that it is on all packets. */
public record PlainFault(String name, String describe) implements Fault {
    public PlainFault(String describe) {
        this("PlainFault", describe);
    }

    @Override
    public Selection selection() {
        return new Selection(new Selector(Map.of("app", "a")), Mode.ALL, "");
    }

    @Override
    public Duration duration() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Unit unit() {
        return Unit.PACKET;
    }

    @Override
    public Scope scope() {
        return Scope.NETWORK;
    }

    @Override
    public Optional<Traffic> traffic() {
        return Optional.empty();
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    public Percent minTouched() {
        return Percent.NONE;
    }

    @Override
    public Optional<String> clash(Fault other) {
        return Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this);
    }
}
