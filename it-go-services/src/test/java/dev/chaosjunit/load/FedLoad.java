// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * A load that has been sent already, as far as what keeps its requests can tell: they are planned, are on their way for
 * a few milliseconds, a few of them for longer, and land; as fast as the machine can.
 */
public final class FedLoad implements RunningLoad {
    private static final long MS = 1_000_000;

    private final LoadSpec spec;
    private final Samples samples = new Samples();
    private final Queue<OnItsWay> onTheirWay = new PriorityQueue<>(
            Comparator.comparingLong(request -> request.sample().endedNanos()));

    private record OnItsWay(int number, Sample sample) {}

    private FedLoad(LoadSpec spec) {
        this.spec = spec;
    }

    /** Its requests are planned from moment 0 on. */
    public static FedLoad of(LoadSpec spec, Duration length) {
        FedLoad load = new FedLoad(spec);
        Random random = new Random(1);
        long count = (long) (spec.rate().perSecond() * length.toNanos() / 1e9);
        double stepNanos = 1e9 / spec.rate().perSecond();
        for (long i = 0; i < count; i++) {
            load.send((long) (i * stepNanos), random);
        }
        load.landUntil(Long.MAX_VALUE);
        return load;
    }

    private void send(long planned, Random random) {
        landUntil(planned);
        long latency = MS + random.nextLong(5 * MS);
        Sample sample = random.nextInt(1_000) == 0
                ? new Sample(planned, spec.timeout().toNanos(), "timeout", true)
                : new Sample(planned, latency, random.nextInt(100) == 0 ? "HTTP 503" : null, true);
        onTheirWay.add(new OnItsWay(samples.plan(planned), sample));
    }

    private void landUntil(long now) {
        while (!onTheirWay.isEmpty() && onTheirWay.peek().sample().endedNanos() <= now) {
            OnItsWay first = onTheirWay.remove();
            samples.land(first.number(), first.sample(), first.sample().endedNanos());
        }
    }

    @Override
    public LoadSpec spec() {
        return spec;
    }

    @Override
    public List<Sample> samples() {
        return samples.byPlannedTime();
    }

    @Override
    public List<Sample> samples(long fromNanos, long toNanos) {
        return samples.byPlannedTime(fromNanos, toNanos);
    }

    @Override
    public List<Sample> due(long fromNanos, long toNanos) {
        return samples.due(fromNanos, toNanos);
    }

    @Override
    public long ended(long fromNanos, long toNanos) {
        return samples.ended(fromNanos, toNanos);
    }

    @Override
    public List<TracedRequest> traced(long fromNanos, long toNanos) {
        return List.of();
    }

    @Override
    public void mark(Optional<ChaosMark> mark) {}

    @Override
    public Live live() {
        return samples.live(Long.MAX_VALUE);
    }

    @Override
    public void finish() {
        // nothing is sent
    }

    @Override
    public void stop() {
        // nothing is sent
    }

    @Override
    public void abort() {
        // nothing is sent
    }

    @Override
    public void close() {
        // there are no connections
    }
}
