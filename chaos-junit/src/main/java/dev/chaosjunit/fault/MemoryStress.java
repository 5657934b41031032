// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A worker of ours takes memory in the cgroup of chosen pods' first containers, holds it, and gives it back.
 *
 * @param selection the pods
 * @param duration how long
 * @param size how much
 * @param oom whether it may end in an OOM kill, of the container's first process then
 */
public record MemoryStress(Selection selection, Duration duration, StressSize size, boolean oom)
        implements StressFault {
    private static final String ALLOW = " Take less, or let it be killed by oom = true";

    public MemoryStress {
        Fault.checkDuration(duration);
        if (!oom && size.isWholeLimit()) {
            throw new IllegalArgumentException("size = 100% of the limit ends in an OOM kill." + ALLOW);
        }
    }

    @Override
    public Unit unit() {
        return Unit.PAGE;
    }

    /** An OOM kill is one, but for how it comes about. */
    @Override
    public Optional<PlannedKills> kills() {
        return oom
                ? Optional.of(new PlannedKills(duration, Optional.empty(), Optional.empty(), false, List.of()))
                : Optional.empty();
    }

    @Override
    public boolean ended(Told told) {
        return oom && told.number("oom_kills") > 0 && told.text("ended").equals("yes");
    }

    @Override
    public Optional<String> misfit(OptionalLong cpuMillis, OptionalLong memoryBytes) {
        if (memoryBytes.isEmpty()) {
            return size.ofLimit().isEmpty()
                    ? Optional.empty()
                    : Optional.of("size = " + size + " is a share of resources.limits.memory of its first container,"
                            + " which has none. Give it one, or say size in bytes, such as 64MiB");
        }
        long limit = memoryBytes.getAsLong();
        return oom || size.bytes().filter(bytes -> bytes.bytes() >= limit).isEmpty()
                ? Optional.empty()
                : Optional.of("size = " + size + " is not below resources.limits.memory of its first container, "
                        + mebibytes(limit) + ", so that it ends in an OOM kill." + ALLOW);
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this).and(size.words()).with("oom", oom ? "yes" : "no");
    }

    @Override
    public String told(Told told) {
        return "asked for " + mebibytes(told.number("asked")) + ", took " + mebibytes(told.number("taken"))
                + " at most; its container " + mebibytes(told.number("container_memory_before")) + " before, "
                + mebibytes(told.number("container_memory")) + " at most"
                + (told.has("limit") ? ", of a limit of " + mebibytes(told.number("limit")) : "")
                + "; OOM kills " + told.text("oom_kills");
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    @Override
    public String describe() {
        return "memory stress of " + size + (oom ? ", up to an OOM kill" : "") + ", " + Durations.format(duration)
                + ", on " + selection;
    }

    /** Reads {@code @MemoryStress}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "MemoryStress";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            StressSize size = source.read("size", StressSize::parse);
            boolean oom = source.flag("oom");
            return source.build(() -> new MemoryStress(selection, duration, size, oom));
        }
    }
}
