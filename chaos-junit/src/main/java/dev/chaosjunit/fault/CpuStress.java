// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Workers of ours compute in the cgroup of chosen pods' first containers.
 *
 * @param selection the pods
 * @param duration how long
 * @param workers 1 to 128
 * @param load for how much of the time, 0.1% or more
 * @param of what that is a share of
 */
public record CpuStress(Selection selection, Duration duration, int workers, Percent load, LoadOf of)
        implements StressFault {
    private static final int MOST_WORKERS = 128;
    private static final double LEAST_LOAD = 0.001;
    private static final long MILLIS = 1000;

    public CpuStress {
        Fault.checkDuration(duration);
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException("workers must be 1 to " + MOST_WORKERS + ", but is " + workers);
        }
        if (load.fraction() < LEAST_LOAD) {
            throw new IllegalArgumentException("load must be 0.1% to 100%, but is " + load);
        }
    }

    @Override
    public Unit unit() {
        return Unit.SLICE;
    }

    @Override
    public Optional<String> misfit(OptionalLong cpuMillis, OptionalLong memoryBytes) {
        if (of == LoadOf.CPU) {
            return Optional.empty();
        }
        if (cpuMillis.isEmpty()) {
            return Optional.of("load is a share of resources.limits.cpu of its first container, which has none."
                    + " Give it one, or say of = LoadOf.CPU");
        }
        double needed = Math.ceil(load.fraction() * cpuMillis.getAsLong() / MILLIS);
        return workers >= needed
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "load = %s of resources.limits.cpu, %dm, needs workers = %.0f or more, but they are %d",
                        load,
                        cpuMillis.getAsLong(),
                        needed,
                        workers));
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .with("workers", workers)
                .with("load_ppm", Chance.ppm(load))
                .with("of", of.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String told(Told told) {
        double asked = told.number("asked");
        return String.format(
                Locale.ROOT,
                "asked for %s of processor time, took %s (%.0f%%); its container %s in all, held back by its limit for %s",
                seconds(told, "asked"),
                seconds(told, "taken"),
                asked == 0 ? 0 : 100 * told.number("taken") / asked,
                seconds(told, "container_cpu_ns"),
                seconds(told, "container_throttled_ns"));
    }

    private static String seconds(Told told, String key) {
        return Durations.format(Duration.ofMillis(told.number(key) / 1_000_000));
    }

    @Override
    public String describe() {
        String who = workers == 1 ? "a worker" : workers + " workers";
        String share = of == LoadOf.LIMIT ? " of the limit" : " of a processor" + (workers == 1 ? "" : " each");
        return "CPU stress by " + who + " at " + load + share + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @CpuStress}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "CpuStress";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            int workers = source.read("workers", Integer::parseInt);
            Percent load = source.read("load", Percent::parse);
            LoadOf of = source.choice("of", LoadOf.class);
            return source.build(() -> new CpuStress(selection, duration, workers, load, of));
        }
    }
}
