// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Chosen pods stand still: all processes of all their containers, by the cgroups' freezer.
 *
 * @param selection the pods
 * @param duration how long
 */
public record PodPause(Selection selection, Duration duration) implements Fault {

    public PodPause {
        Fault.checkDuration(duration);
    }

    @Override
    public Unit unit() {
        return Unit.CGROUP;
    }

    @Override
    public Scope scope() {
        return Scope.CGROUP;
    }

    @Override
    public Optional<Traffic> traffic() {
        return Optional.empty();
    }

    @Override
    public boolean pauses() {
        return true;
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
        if (other.scope() != Scope.CGROUP) {
            return Optional.empty();
        }
        return Optional.of(other.pauses() ? "both pause it" : "what stands still cannot be kept busy");
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this);
    }

    @Override
    public String detail(Told told) {
        if (told.number("hit") == 0) {
            return told.number("matched") == 0 ? "its container had ended before" : "it never stood still";
        }
        long cgroups = told.number("hit");
        String until = switch (told.text("thawed_by")) {
            case "lease" -> ", until the helper itself was held up: what stands still must not do so for good";
            case "ended" -> ", until its container ended";
            case "others" -> ", until somebody else thawed it";
            default -> "";
        };
        return String.format(
                Locale.ROOT,
                "stood still for %,d ms, %d %s%s",
                told.number("frozen_us") / 1000,
                cgroups,
                unit().of(cgroups),
                until);
    }

    @Override
    public String describe() {
        return "pause, " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @PodPause}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "PodPause";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            return source.build(() -> new PodPause(selection, duration));
        }
    }
}
