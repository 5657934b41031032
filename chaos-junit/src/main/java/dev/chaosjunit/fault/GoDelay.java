// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goroutines of chosen pods are held where they call a function.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param site the function, and whose calls of it are meant
 * @param delay how long a call is held
 * @param calls which of the calls
 */
public record GoDelay(Selection selection, Duration duration, GoSite site, Latency delay, Calls calls)
        implements CallFault {

    public GoDelay {
        Fault.checkDuration(duration);
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.of(delay);
    }

    /** Two in one function add up. */
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
        return Words.kind(this).and(site.words()).and(calls.words()).and(delay.words());
    }

    /** Calls that could not be held, and a tracer that came to grief. */
    @Override
    public String detail(Told told) {
        List<String> details = new ArrayList<>();
        if (told.number("unfit") > 0) {
            details.add(told.text("unfit") + " calls passed that could not be held where they were");
        }
        if (told.has("tracer_killed_by")) {
            details.add("calls pass since somebody ended the tracer by signal " + told.text("tracer_killed_by"));
        }
        return String.join("; ", details);
    }

    @Override
    public Optional<SideEffect> sideEffect(Told told, String pod, Duration on) {
        return SpunCalls.told(told) ? Optional.of(SpunCalls.of(this, told, pod, on)) : Optional.empty();
    }

    @Override
    public String hint(Told told) {
        return site.hint(told);
    }

    @Override
    public String describe() {
        return "delay " + delay + " in " + site + calls + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @GoDelay}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "GoDelay";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            GoSite site = GoSite.read(source);
            Latency delay = Latency.read(source);
            Calls calls = Calls.read(source);
            return source.build(() -> new GoDelay(selection, duration, site, delay, calls));
        }
    }
}
