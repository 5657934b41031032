// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.load.ChaosMark;
import dev.chaosjunit.load.Live;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.RunningLoad;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.load.TracedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Requests that nobody sends: what comes of each is known from the moment when it is due. */
final class FakeLoad implements RunningLoad {
    private final LoadSpec spec;
    private final Clock clock;
    private final Service service;
    private final long started;
    private long stopped = Long.MAX_VALUE;
    final List<Optional<ChaosMark>> marks = new ArrayList<>();
    boolean aborted;
    boolean closed;

    /** What answers. */
    @FunctionalInterface
    interface Service {
        Sample answer(long plannedNanos);
    }

    FakeLoad(LoadSpec spec, Clock clock, Service service) {
        this.spec = spec;
        this.clock = clock;
        this.service = service;
        this.started = clock.nanoTime();
    }

    @Override
    public LoadSpec spec() {
        return spec;
    }

    @Override
    public List<Sample> samples() {
        long now = clock.nanoTime();
        return planned().filter(sample -> sample.endedNanos() <= now).toList();
    }

    @Override
    public List<Sample> due(long fromNanos, long toNanos) {
        return planned()
                .filter(sample -> sample.plannedNanos() >= fromNanos && sample.plannedNanos() < toNanos)
                .map(sample -> sample.endedNanos() <= toNanos ? sample : Sample.out(sample.plannedNanos(), toNanos))
                .toList();
    }

    private Stream<Sample> planned() {
        long now = clock.nanoTime();
        double step = 1e9 / spec.rate().perSecond();
        long until = Math.min(now, stopped);
        return LongStream.range(0, (long) Math.ceil((until - started) / step))
                .mapToObj(number -> service.answer(started + Math.round(number * step)));
    }

    @Override
    public List<Sample> samples(long fromNanos, long toNanos) {
        return samples().stream()
                .filter(sample -> sample.plannedNanos() >= fromNanos && sample.plannedNanos() < toNanos)
                .toList();
    }

    @Override
    public long ended(long fromNanos, long toNanos) {
        return samples(fromNanos, toNanos).size();
    }

    @Override
    public List<TracedRequest> traced(long fromNanos, long toNanos) {
        return samples(fromNanos, toNanos).stream()
                .map(sample -> new TracedRequest(String.format("%032x", sample.plannedNanos()), sample))
                .toList();
    }

    @Override
    public void mark(Optional<ChaosMark> mark) {
        marks.add(mark);
    }

    @Override
    public Live live() {
        return new Live(1, 12.5, 0.25);
    }

    @Override
    public void finish() {
        stopped = Math.min(stopped, clock.nanoTime());
    }

    @Override
    public void stop() {
        finish();
    }

    @Override
    public void abort() {
        aborted = true;
        stop();
    }

    @Override
    public void close() {
        closed = true;
        stop();
    }
}
