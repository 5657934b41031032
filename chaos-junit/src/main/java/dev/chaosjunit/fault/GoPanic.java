// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * Goroutines of chosen pods panic where they call a function.
 *
 * @param selection the pods
 * @param duration how long
 * @param site the function, and whose calls of it are meant
 * @param calls which of these
 */
public record GoPanic(Selection selection, Duration duration, GoSite site, Calls calls) implements CallFault {

    public GoPanic {
        Fault.checkDuration(duration);
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
    public boolean namesPartsOfPrograms() {
        return true;
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this).and(site.words()).and(calls.words());
    }

    @Override
    public String hint(Told told) {
        return site.hint(told);
    }

    @Override
    public String describe() {
        return "panic in " + site + calls + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @GoPanic}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "GoPanic";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            GoSite site = GoSite.read(source);
            Calls calls = Calls.read(source);
            return source.build(() -> new GoPanic(selection, duration, site, calls));
        }
    }
}
