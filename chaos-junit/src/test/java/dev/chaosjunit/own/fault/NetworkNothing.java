// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.own.fault;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.FaultKind;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Place;
import dev.chaosjunit.fault.Scope;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Told;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.fault.Words;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/** Nothing happens to packets of chosen pods, for some time. */
public record NetworkNothing(Selection selection, Duration duration, Traffic packets, Percent minTouched)
        implements Fault {

    public NetworkNothing {
        Fault.checkDuration(duration);
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
        return Optional.of(packets);
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    public Optional<String> clash(Fault other) {
        return Optional.empty();
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this);
    }

    @Override
    public String detail(Told told) {
        return "left alone " + told.text("hit");
    }

    @Override
    public String describe() {
        return "nothing, " + packets + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @NetworkNothing}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkNothing";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            Traffic packets = Traffic.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(() -> new NetworkNothing(selection, duration, packets, minTouched));
        }
    }
}
