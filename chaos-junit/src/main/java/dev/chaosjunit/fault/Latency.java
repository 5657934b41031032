// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How late something is made.
 *
 * @param length 1 µs to 60 s, in whole microseconds; what is below one is cut off
 * @param jitter each is drawn from {@code length ± jitter}; 0 to {@code length}
 */
public record Latency(Duration length, Duration jitter) {
    private static final Duration SHORTEST = Duration.ofNanos(1000);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public Latency {
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("latency must be 1us to 60s, but is " + Durations.format(length));
        }
        if (jitter.isNegative() || jitter.compareTo(length) > 0) {
            throw new IllegalArgumentException("jitter must be 0ms to the latency (" + Durations.format(length)
                    + "), because nothing can go on before it came, but is " + Durations.format(jitter));
        }
    }

    /** Always the same. */
    public Latency(Duration length) {
        this(length, Duration.ZERO);
    }

    /** The elements {@code latency} and {@code jitter}. */
    public static Latency read(Source source) {
        Duration length = source.read("latency", Durations::parse);
        Duration jitter = source.read("jitter", Durations::parse);
        return source.build(() -> new Latency(length, jitter));
    }

    /** The same; empty where both are 0. */
    static Optional<Latency> readIfAny(Source source) {
        boolean none = Stream.of("latency", "jitter")
                .map(element -> source.read(element, Durations::parse))
                .allMatch(Duration::isZero);
        return none ? Optional.empty() : Optional.of(read(source));
    }

    /** In milliseconds, without its jitter. */
    public double millis() {
        return length.toNanos() / 1e6;
    }

    Words words() {
        return Words.NONE.with("latency_us", length.toNanos() / 1000).with("jitter_us", jitter.toNanos() / 1000);
    }

    /** As messages say it: {@code 100ms ± 20ms}. */
    @Override
    public String toString() {
        return Durations.format(length) + (jitter.isZero() ? "" : " ± " + Durations.format(jitter));
    }
}
