// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.BitRate;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Size;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * Packets of chosen pods go on no faster than a link of some rate takes them. Dropping what has no room is what a slow
 * link does, and no side effect.
 *
 * @param selection the pods
 * @param duration how long the fault lasts
 * @param rate of each pod's link, in IP bytes
 * @param buffer what may go at once after a rest, 1600 bytes to 1 GiB
 * @param limit what may wait, 1600 bytes to 1 GiB; what comes then is dropped
 * @param packets which are meant
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record NetworkBandwidth(
        Selection selection,
        Duration duration,
        BitRate rate,
        Size buffer,
        Size limit,
        Traffic packets,
        Percent minTouched)
        implements HoldingFault {
    private static final long LEAST = 1600;
    private static final long MOST = 1L << 30;
    private static final long BUFFERS_PER_SECOND = 1000;
    private static final long LIMITS_PER_SECOND = 5;
    private static final long LEAST_LIMIT = 256L << 10;

    public NetworkBandwidth {
        Fault.checkDuration(duration);
        check("buffer", buffer);
        check("limit", limit);
    }

    private static void check(String element, Size size) {
        if (size.bytes() < LEAST || size.bytes() > MOST) {
            throw new IllegalArgumentException(element + " must be 1600B to 1GiB, but is " + size);
        }
    }

    private static Size within(long least, long bytes) {
        return new Size(Math.min(Math.max(least, bytes), MOST));
    }

    private static Size buffer(BitRate rate) {
        return within(LEAST, rate.bits() / 8 / BUFFERS_PER_SECOND);
    }

    private static Size limit(BitRate rate) {
        return within(LEAST_LIMIT, rate.bits() / 8 / LIMITS_PER_SECOND);
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .with("rate_bit", rate.bits())
                .with("buffer", buffer.bytes())
                .with("limit", limit.bytes());
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    public String describe() {
        return "bandwidth " + rate + ", " + packets + ", " + Durations.format(duration) + ", on " + selection;
    }

    /** Reads {@code @NetworkBandwidth}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "NetworkBandwidth";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            BitRate rate = source.read("rate", BitRate::parse);
            Size buffer = source.read("buffer", text -> text.isEmpty() ? buffer(rate) : Size.parse(text));
            Size limit = source.read("limit", text -> text.isEmpty() ? limit(rate) : Size.parse(text));
            Traffic packets = Traffic.read(source);
            Percent minTouched = Fault.minTouched(source);
            return source.build(
                    () -> new NetworkBandwidth(selection, duration, rate, buffer, limit, packets, minTouched));
        }
    }
}
