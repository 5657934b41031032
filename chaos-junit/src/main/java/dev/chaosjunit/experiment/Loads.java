// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.load.ChaosMark;
import dev.chaosjunit.load.LoadGenerator;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.Routes;
import dev.chaosjunit.load.RunningLoad;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.load.Series;
import dev.chaosjunit.load.TracedRequest;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.RelativeObjective;
import dev.chaosjunit.slo.Running;
import dev.chaosjunit.slo.SloJudge;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The loads of one experiment, running side by side. */
final class Loads implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final List<RunningLoad> running;
    private final Clock clock;
    private long baselineFrom;
    private long baselineTo;

    private Loads(List<RunningLoad> running, Clock clock) {
        this.running = running;
        this.clock = clock;
    }

    /** All, or none: what has begun ends where another one cannot. */
    static Loads start(List<LoadSpec> specs, LoadGenerator generator, Routes routes, Clock clock) {
        List<RunningLoad> started = new ArrayList<>();
        try {
            specs.forEach(spec -> started.add(generator.start(spec, routes)));
        } catch (RuntimeException e) {
            started.forEach(RunningLoad::abort);
            throw e;
        }
        return new Loads(started, clock);
    }

    /** Wait until every request planned before a moment has its answer or its time-out, so that slow ones count too. */
    void settle(long fromNanos, long toNanos) throws InterruptedException {
        for (RunningLoad load : running) {
            long expected = (long)
                    Math.floor((toNanos - fromNanos) / 1e9 * load.spec().rate().perSecond());
            long deadline =
                    clock.nanoTime() + load.spec().timeout().plusMillis(200).toNanos();
            while (load.ended(fromNanos, toNanos) < expected && clock.nanoTime() < deadline) {
                clock.sleep(BETWEEN_LOOKS);
            }
        }
    }

    /** Say which requests are those that relative limits are relative to. */
    void baseline(long fromNanos, long toNanos) {
        baselineFrom = fromNanos;
        baselineTo = toNanos;
    }

    /** Begin to watch what ends a window at once, each on each load. */
    List<WatchedLimit> watch(List<Objective> objectives, long fromNanos) {
        return watch(objectives, fromNanos, (load, objective) -> Running.soFar(objective));
    }

    /** Begin to watch limits of a window; those that are relative are not. */
    List<WatchedLimit> watch(List<Objective> objectives, long fromNanos, Duration longest) {
        return watch(
                objectives,
                fromNanos,
                (load, objective) -> Running.ofWindow(objective, (long)
                        Math.ceil(longest.toNanos() / 1e9 * load.spec().rate().perSecond())));
    }

    private List<WatchedLimit> watch(
            List<Objective> objectives, long fromNanos, BiFunction<RunningLoad, Objective, Running> how) {
        return running.stream()
                .flatMap(load -> objectives.stream()
                        .filter(objective -> !(objective instanceof RelativeObjective))
                        .map(objective -> new WatchedLimit(load, objective, how.apply(load, objective), fromNanos)))
                .toList();
    }

    List<SloResult> judge(List<SloSpec> slos, Phase phase, Stage window, long fromNanos, long toNanos) {
        return judge(slos, phase, window, fromNanos, toNanos, sample -> true);
    }

    List<SloResult> judge(
            List<SloSpec> slos, Phase phase, Stage window, long fromNanos, long toNanos, Predicate<Sample> counted) {
        List<SloResult> results = new ArrayList<>();
        for (RunningLoad load : running) {
            List<Sample> planned = load.samples(fromNanos, toNanos);
            Iterable<Sample> samples = () -> planned.stream().filter(counted).iterator();
            slos.stream()
                    .filter(slo -> slo.phase() == phase)
                    .flatMap(slo -> slo.controlled(false).stream())
                    .map(slo -> SloJudge.judge(
                            slo, window, load.spec().url().toString(), samples, load.samples(baselineFrom, baselineTo)))
                    .forEach(results::addAll);
        }
        return results;
    }

    /** What came of the replicas with a fault, held against those without, by limits that ask for that. */
    List<SloResult> compare(
            List<SloSpec> slos, Set<String> faulted, long fromNanos, long toNanos, Predicate<Sample> counted) {
        List<SloResult> results = new ArrayList<>();
        for (RunningLoad load : running) {
            Map<Boolean, List<Sample>> samples = load.replicas().entrySet().stream()
                    .collect(Collectors.partitioningBy(
                            replica -> faulted.contains(replica.getKey()),
                            Collectors.flatMapping(
                                    replica -> replica.getValue().samples(fromNanos, toNanos).stream()
                                            .filter(counted),
                                    Collectors.toList())));
            slos.stream()
                    .flatMap(slo -> slo.controlled(true).stream())
                    .map(slo -> SloJudge.judge(
                            slo,
                            Stage.FAULT,
                            load.spec().url().toString(),
                            samples.getOrDefault(true, List.of()),
                            samples.getOrDefault(false, List.of())))
                    .forEach(results::addAll);
        }
        return results;
    }

    /** What each request carries that is due from now on. */
    void mark(Optional<ChaosMark> mark) {
        running.forEach(load -> load.mark(mark));
    }

    /** Those of a stretch of time that began a trace each. */
    List<TracedRequest> traced(long fromNanos, long toNanos) {
        return running.stream()
                .flatMap(load -> load.traced(fromNanos, toNanos).stream())
                .toList();
    }

    /** Some of the requests so far, by the load's URL. */
    Map<String, List<Sample>> samples(Predicate<Sample> wanted) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (RunningLoad load : running) {
            List<Sample> found = samples.computeIfAbsent(load.spec().url().toString(), url -> new ArrayList<>());
            load.samples().stream().filter(wanted).forEach(found::add);
        }
        return samples;
    }

    /** The requests of one of the loads, in their order. */
    List<Sample> samples(int load) {
        return running.get(load).samples();
    }

    /** How many requests of a stretch of time were sent. */
    long sent(long fromNanos, long toNanos) {
        return running.stream()
                .flatMap(load -> load.samples(fromNanos, toNanos).stream())
                .filter(Sample::sent)
                .count();
    }

    /** Latency and errors of the last moments, for the progress line; nothing of a load without an answer in them. */
    String live() {
        return running.stream()
                .map(RunningLoad::live)
                .filter(live -> live.count() > 0)
                .map(live ->
                        String.format(Locale.ROOT, "p99 %.1f ms, errors %.1f %%", live.p99Ms(), live.errorRate() * 100))
                .collect(Collectors.joining("; "));
    }

    /** Of each load, and of each replica that it goes to in turn. */
    List<LoadResult> results(long startNanos, List<Window> windows) {
        return running.stream()
                .flatMap(load -> Stream.concat(
                        Stream.of(Series.analyse(load.spec(), load.samples(), startNanos, windows)),
                        load.replicas().entrySet().stream()
                                .map(replica -> Series.analyse(
                                                load.spec(), replica.getValue().samples(), startNanos, windows)
                                        .at(replica.getKey(), load.replicas().size()))))
                .toList();
    }

    /** Send no more, and wait for the answers that are due: for those of all loads at once. */
    void stop() {
        running.forEach(RunningLoad::finish);
        running.forEach(RunningLoad::stop);
    }

    /** Send no more and drop what is in flight; it leaves no sample. */
    void abort() {
        running.forEach(RunningLoad::abort);
    }

    @Override
    public void close() {
        running.forEach(RunningLoad::finish);
        running.forEach(RunningLoad::close);
    }
}
