// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.load.Following;
import dev.chaosjunit.observe.trace.Span;
import dev.chaosjunit.observe.trace.SpanKind;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.observe.trace.Spans;
import dev.chaosjunit.observe.trace.TraceId;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.TracedWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run of 17 s, at the end of which there may be spans on their way. */
@DisplayName("Traces of a run")
@Timeout(20)
class TraceCheckTests {
    private static final Duration RUN = Duration.ofSeconds(17);
    private static final TraceRules CARRIED = new TraceRules(true, List.of());

    private final SpanStore spans = new SpanStore();
    private final FakeServices services = new FakeServices(Optional.of(spans));
    private final long begin = services.clock.nanoTime();
    private long number;

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    @DisplayName("are waited for until none has come for 1.5 s")
    void quiet() throws InterruptedException {
        services.clock.after(RUN.plusSeconds(1), () -> add("other"));

        assertThat(run().spans()).isEqualTo(1);
        assertThat(passed()).isEqualTo(RUN.plusMillis(1_000 + 1_500));
    }

    @Test
    @DisplayName("are waited for 1.5 s where none comes at all")
    void none() throws InterruptedException {
        assertThat(run().spans()).isZero();
        assertThat(passed()).isEqualTo(RUN.plusMillis(1_500));
    }

    @Test
    @DisplayName("are waited for 8 s at most, though more of them come")
    void endless() throws InterruptedException {
        services.clock.timer("spans").every(Duration.ZERO, Duration.ofSeconds(1), () -> add("other"));
        run();

        assertThat(passed()).isEqualTo(RUN.plusSeconds(8));
    }

    @Test
    @DisplayName("are not those of an earlier run or of the rehearsal")
    void forgotten() throws InterruptedException {
        add("earlier");
        services.during(Stage.REHEARSAL, () -> add("rehearsed"));
        services.during(Stage.BASELINE, () -> add("baseline"));

        assertThat(run().spans()).isEqualTo(1);
        assertThat(spans.snapshot().services()).containsExactly("baseline");
    }

    @Test
    @DisplayName("are joined with the requests of their windows")
    void joined() throws InterruptedException {
        services.clock.after(Duration.ofSeconds(6), () -> answer(5_000));
        services.clock.after(Duration.ofSeconds(10), () -> answer(9_000));

        assertThat(run().windows())
                .extracting(TracedWindow::window, TracedWindow::requests, TracedWindow::traced)
                .containsExactly(
                        tuple(Stage.BASELINE, 400, 1), tuple(Stage.FAULT, 500, 1), tuple(Stage.RECOVERY, 400, 0));
        assertThat(services.loads).extracting(load -> load.spec().following()).containsOnly(Following.TRACED);
    }

    @Test
    @DisplayName("are there also where what injects faults is gone by then")
    void gone() throws InterruptedException {
        services.during(Stage.RECOVERY, services.injector::dieSilently);
        Finished finished = services.run(new SampleExperiment().build());

        assertThat(finished.result().summary()).startsWith("The fault ended before its time: the agent is gone");
        assertThat(finished.result().traces()).isNotNull();
    }

    @Test
    @DisplayName("are judged by the rules of the experiment")
    void judged() throws InterruptedException {
        Finished finished = services.run(new SampleExperiment().traces(CARRIED).build());

        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary())
                .isEqualTo("Whether t/fault is carried everywhere cannot be told: no span of 500 of 500 requests"
                        + " arrived.");
    }

    @Test
    @DisplayName("are no part of a run that keeps none, and rules on them are refused then")
    void nowhere() throws InterruptedException {
        try (FakeServices without = new FakeServices()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            without.run(new SampleExperiment().traces(CARRIED).build()))
                    .withMessage("what must hold of traces needs traces that are received here: put @Traces on the"
                            + " class, and run it locally or in k3s");
            assertThat(without.injector.asked).isEmpty();

            assertThat(without.run(new SampleExperiment().build()).result().traces())
                    .isNull();
            assertThat(without.loads)
                    .extracting(load -> load.spec().following())
                    .containsOnly(Following.MARKED);
        }
    }

    private TraceResult run() throws InterruptedException {
        Finished finished = services.run(new SampleExperiment().build());
        assertThat(finished.result().outcome()).as(finished.result().summary()).isEqualTo(Outcome.PASSED);
        return Objects.requireNonNull(finished.result().traces());
    }

    private Duration passed() {
        return Duration.ofNanos(services.clock.nanoTime() - begin);
    }

    /** A span of a trace of its own. */
    private void add(String service) {
        spans.add(Spans.span(++number, 1, 0, service, SpanKind.SERVER, 0, 1));
    }

    /** The span of a request that was due so many milliseconds after the begin. */
    private void answer(long dueMs) {
        TraceId trace = new TraceId(0, begin + dueMs * Spans.MS);
        spans.add(new Span(trace, 1, 99, "p", "p-0", "GET /", SpanKind.SERVER, 0, 1, false, "", Map.of(), List.of()));
    }
}
