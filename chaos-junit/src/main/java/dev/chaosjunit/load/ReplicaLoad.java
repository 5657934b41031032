// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A load that goes to the replicas of a service in turn, so that one may be compared with another at the same time: the
 * first request goes to the first of them, and so on, each by connections of its own.
 */
public final class ReplicaLoad implements RunningLoad {
    private static final Comparator<Sample> BY_PLANNED_TIME = Comparator.comparingLong(Sample::plannedNanos);

    private final LoadSpec spec;
    private final Map<String, OpenLoad> replicas;

    private ReplicaLoad(LoadSpec spec, Map<String, OpenLoad> replicas) {
        this.spec = spec;
        this.replicas = replicas;
    }

    /**
     * Start sending at once, to all together at the spec's rate.
     *
     * @param routes where the URL's host is reached, by replica; one at least
     */
    public static ReplicaLoad start(LoadSpec spec, Map<String, Routes> routes) {
        Warmup.once();
        Map<String, OpenLoad> started = new LinkedHashMap<>();
        long first = System.nanoTime();
        long apart = (long) (1e9 / spec.rate().perSecond());
        try {
            routes.forEach((replica, route) -> {
                Turn turn = new Turn(first + started.size() * apart, routes.size());
                started.put(replica, OpenLoad.start(spec, route, turn));
            });
        } catch (RuntimeException e) {
            started.values().forEach(OpenLoad::abort);
            throw e;
        }
        return new ReplicaLoad(spec, started);
    }

    @Override
    public LoadSpec spec() {
        return spec;
    }

    @Override
    public Map<String, RunningLoad> replicas() {
        return new LinkedHashMap<>(replicas);
    }

    @Override
    public List<Sample> samples() {
        return merged(OpenLoad::samples);
    }

    @Override
    public List<Sample> samples(long fromNanos, long toNanos) {
        return merged(load -> load.samples(fromNanos, toNanos));
    }

    @Override
    public List<Sample> due(long fromNanos, long toNanos) {
        return merged(load -> load.due(fromNanos, toNanos));
    }

    private List<Sample> merged(Function<OpenLoad, List<Sample>> some) {
        return replicas.values().stream()
                .flatMap(load -> some.apply(load).stream())
                .sorted(BY_PLANNED_TIME)
                .toList();
    }

    @Override
    public long ended(long fromNanos, long toNanos) {
        return replicas.values().stream()
                .mapToLong(load -> load.ended(fromNanos, toNanos))
                .sum();
    }

    @Override
    public List<TracedRequest> traced(long fromNanos, long toNanos) {
        return replicas.values().stream()
                .flatMap(load -> load.traced(fromNanos, toNanos).stream())
                .toList();
    }

    @Override
    public void mark(Optional<ChaosMark> mark) {
        replicas.values().forEach(load -> load.mark(mark));
    }

    /** The worst p99 of any: that of all together is between theirs. */
    @Override
    public Live live() {
        List<Live> each = replicas.values().stream().map(OpenLoad::live).toList();
        long count = each.stream().mapToLong(Live::count).sum();
        double failed = each.stream()
                .mapToDouble(live -> live.errorRate() * live.count())
                .sum();
        return new Live(count, each.stream().mapToDouble(Live::p99Ms).max().orElse(0), count == 0 ? 0 : failed / count);
    }

    @Override
    public void finish() {
        replicas.values().forEach(OpenLoad::finish);
    }

    @Override
    public void stop() {
        finish();
        replicas.values().forEach(OpenLoad::stop);
    }

    @Override
    public void abort() {
        replicas.values().forEach(OpenLoad::abort);
    }

    @Override
    public void close() {
        finish();
        replicas.values().forEach(OpenLoad::close);
    }
}
