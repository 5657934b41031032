// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.OpenLoad;
import dev.chaosjunit.load.Routes;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.load.Series;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.SloJudge;
import dev.chaosjunit.slo.SloSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The loads of one experiment, running side by side. */
final class Loads implements AutoCloseable {
    private final List<OpenLoad> running;

    private Loads(List<OpenLoad> running) {
        this.running = running;
    }

    static Loads start(List<LoadSpec> specs, Routes routes) {
        List<OpenLoad> started = new ArrayList<>();
        specs.forEach(spec -> started.add(OpenLoad.start(spec, routes)));
        return new Loads(started);
    }

    /** Wait until every request planned before a moment has its answer or its time-out, so that slow ones count too. */
    void settle(long fromNanos, long toNanos) throws InterruptedException {
        for (OpenLoad load : running) {
            long expected = (long)
                    Math.floor((toNanos - fromNanos) / 1e9 * load.spec().rate().perSecond());
            long deadline =
                    System.nanoTime() + load.spec().timeout().plusMillis(200).toNanos();
            while (between(load, fromNanos, toNanos).size() < expected && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
        }
    }

    List<SloResult> judge(List<SloSpec> slos, Phase phase, String window, long fromNanos, long toNanos) {
        return judge(slos, phase, window, fromNanos, toNanos, sample -> true);
    }

    List<SloResult> judge(
            List<SloSpec> slos, Phase phase, String window, long fromNanos, long toNanos, Predicate<Sample> counted) {
        List<SloResult> results = new ArrayList<>();
        for (OpenLoad load : running) {
            List<Sample> samples =
                    between(load, fromNanos, toNanos).stream().filter(counted).toList();
            slos.stream()
                    .filter(slo -> slo.phase() == phase)
                    .map(slo -> SloJudge.judge(slo, window, load.spec().url().toString(), samples))
                    .forEach(results::addAll);
        }
        return results;
    }

    /** All requests so far, by the load's URL. */
    Map<String, List<Sample>> samples() {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (OpenLoad load : running) {
            samples.computeIfAbsent(load.spec().url().toString(), url -> new ArrayList<>())
                    .addAll(load.samples());
        }
        return samples;
    }

    /** How many requests of a stretch of time were sent. */
    long sent(long fromNanos, long toNanos) {
        return running.stream()
                .flatMap(load -> between(load, fromNanos, toNanos).stream())
                .filter(Sample::sent)
                .count();
    }

    /** Latency and errors of the last moments, for the progress line. */
    String live() {
        return running.stream()
                .map(OpenLoad::live)
                .map(live ->
                        String.format(Locale.ROOT, "p99 %.1f ms, errors %.1f %%", live.p99Ms(), live.errorRate() * 100))
                .collect(Collectors.joining("; "));
    }

    List<LoadResult> results(long startNanos, List<Window> windows) {
        return running.stream()
                .map(load -> Series.analyse(load.spec(), load.samples(), startNanos, windows))
                .toList();
    }

    /** Send no more, and wait for the answers that are due. */
    void stop() {
        running.forEach(OpenLoad::stop);
    }

    /** Send no more and drop what is in flight; it leaves no sample. */
    void abort() {
        running.forEach(OpenLoad::abort);
    }

    @Override
    public void close() {
        running.forEach(OpenLoad::close);
    }

    private static List<Sample> between(OpenLoad load, long fromNanos, long toNanos) {
        return load.samples().stream()
                .filter(sample -> sample.plannedNanos() >= fromNanos && sample.plannedNanos() < toNanos)
                .toList();
    }
}
