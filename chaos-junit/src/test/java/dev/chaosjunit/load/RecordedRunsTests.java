// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Rate;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.WindowStats;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.SloJudge;
import dev.chaosjunit.slo.SloSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures beside each recording were worked out when requests were kept as rows, and are not to change. */
@DisplayName("A recorded run")
class RecordedRunsTests {
    private static final Path RECORDINGS = Path.of("src/test/resources/load");
    private static final URI URL = URI.create("http://recorded/");

    @ParameterizedTest
    @ValueSource(strings = {"dns", "delay", "unsteady"})
    @DisplayName("has the figures that it had as rows, each of them")
    void figures(String name) throws IOException {
        List<String> lines = Files.readAllLines(RECORDINGS.resolve(name + ".csv"));
        List<Window> windows = windows(lines.get(0));
        List<Sample> rows =
                lines.stream().skip(1).map(RecordedRunsTests::sample).toList();
        Samples samples = landed(rows);

        assertThat(samples.byPlannedTime()).isEqualTo(rows);
        String figures = Files.readString(RECORDINGS.resolve(name + ".txt"));
        assertThat(figures(windows, rows)).isEqualTo(figures);
        assertThat(figures(windows, samples.byPlannedTime())).isEqualTo(figures);
    }

    /** All planned in their order, and landed as they did. */
    private static Samples landed(List<Sample> rows) {
        Samples samples = new Samples();
        record Planned(int number, Sample sample) {}
        rows.stream()
                .map(row -> new Planned(samples.plan(row.plannedNanos()), row))
                .sorted(Comparator.comparingLong(planned -> planned.sample().endedNanos()))
                .forEach(planned -> samples.land(
                        planned.number(), planned.sample(), planned.sample().endedNanos()));
        return samples;
    }

    private static String figures(List<Window> windows, List<Sample> samples) {
        LoadSpec spec = new LoadSpec(URL, new Rate(200), "GET", Map.of(), "", Duration.ofSeconds(5));
        LoadResult result = Series.analyse(spec, samples, 0, windows);
        Stream<String> judged = windows.stream()
                .flatMap(window -> Stream.of("2ms", "20ms", "200ms")
                        .flatMap(limit ->
                                SloJudge.judge(slo(limit), window.stage(), URL.toString(), in(window, samples))
                                        .stream())
                        .map(Object::toString));
        return Stream.of(
                        result.windows().stream().map(RecordedRunsTests::inOrder),
                        judged,
                        result.series().stream().map(Object::toString))
                .flatMap(part -> part)
                .map(RecordedRunsTests::older)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Without the figures that were not there then. */
    private static String older(String text) {
        return text.replaceAll(", (inFlight|meanMs)=[^,\\]]+", "");
    }

    /** Kinds of errors have none by themselves. */
    private static String inOrder(WindowStats window) {
        String kinds = window.errorKinds().toString();
        return window.toString().replace(kinds, new TreeMap<>(window.errorKinds()).toString());
    }

    private static SloSpec slo(String limit) {
        Duration latency = Durations.parse(limit);
        return new SloSpec(
                Phase.FAULT,
                List.of(
                        QuantileObjective.p50(latency),
                        QuantileObjective.p90(latency),
                        QuantileObjective.p99(latency),
                        QuantileObjective.max(latency),
                        new ErrorRateObjective(Percent.parse("1%"))));
    }

    private static List<Sample> in(Window window, List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.plannedNanos() >= window.startMs() * 1e6)
                .filter(sample -> sample.plannedNanos() < window.endMs() * 1e6)
                .toList();
    }

    /** {@code BASELINE 0.5 2000.5,FAULT …}: the first line. */
    private static List<Window> windows(String line) {
        return Stream.of(line.split(",", -1))
                .map(window -> window.split(" ", -1))
                .map(parts ->
                        new Window(Stage.valueOf(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])))
                .toList();
    }

    /** {@code planned,latency,ended,sent,error}, nanoseconds from the run's start. */
    private static Sample sample(String line) {
        String[] columns = line.split(",", 5);
        return new Sample(
                Long.parseLong(columns[0]),
                Long.parseLong(columns[1]),
                columns[4].isEmpty() ? null : columns[4],
                Boolean.parseBoolean(columns[3]),
                Long.parseLong(columns[2]));
    }
}
