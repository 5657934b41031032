// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.LoadResult.WindowStats;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.QuantileObjective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/** The rehearsal is over at 4 s, the first baseline at 8 s, the fault at 13 s, the first recovery window at 17 s. */
@DisplayName("A run of an experiment")
@Timeout(20)
class WholeRunTests {
    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    @DisplayName("rehearses, proves the steady state, injects, and proves it again")
    void passes() throws InterruptedException {
        long before = services.clock.nanoTime();
        Finished finished = services.run(new SampleExperiment().build());

        assertThat(finished.result().outcome()).as(finished.result().summary()).isEqualTo(Outcome.PASSED);
        assertThat(finished.thrown()).isNull();
        assertThat(finished.lost()).isFalse();
        assertThat(finished.explained()).isFalse();
        assertThat(Duration.ofNanos(services.clock.nanoTime() - before))
                .as("word of what may be lost is waited for only where something failed")
                .isEqualTo(Duration.ofSeconds(17));
        assertThat(services.entered).containsExactly(Stage.REHEARSAL, Stage.BASELINE, Stage.FAULT, Stage.RECOVERY);
        assertThat(finished.result().windows())
                .containsExactly(
                        new Window(Stage.BASELINE, 4_000, 8_000),
                        new Window(Stage.FAULT, 8_000, 13_000),
                        new Window(Stage.RECOVERY, 13_000, 17_000));
        assertThat(finished.result().slos())
                .extracting(SloResult::window, SloResult::samples, SloResult::outcome)
                .containsExactly(
                        tuple(Stage.BASELINE, 400L, Outcome.PASSED), tuple(Stage.RECOVERY, 400L, Outcome.PASSED));
        assertThat(finished.result().touched()).singleElement().satisfies(touched -> {
            assertThat(touched.touched()).isEqualTo(400);
            assertThat(touched.requests()).isEqualTo(500);
        });
        assertThat(finished.result().notes()).containsExactly("Steady from the revert on.");
        assertThat(finished.result().leftOut()).isEqualTo(FixedCluster.LEFT_OUT);
        assertThat(finished.result().loads()).singleElement().satisfies(load -> {
            assertThat(load.windows())
                    .extracting(WindowStats::window, WindowStats::count)
                    .containsExactly(
                            tuple(Stage.BASELINE, 400L), tuple(Stage.FAULT, 500L), tuple(Stage.RECOVERY, 400L));
            assertThat(load.series().get(0).atMs()).isEqualTo(4_000);
        });
        assertThat(services.injector.asked)
                .startsWith("attach", "on", "off", "witnesses")
                .endsWith("detach");
        assertThat(services.loads).hasSize(2).allMatch(load -> load.closed);
    }

    @Test
    @DisplayName("rehearses the same load only once")
    void rehearsesOnce() throws InterruptedException {
        services.run(new SampleExperiment().build());
        services.entered.clear();
        services.run(new SampleExperiment().build());

        assertThat(services.entered).containsExactly(Stage.BASELINE, Stage.FAULT, Stage.RECOVERY);
    }

    @Test
    @DisplayName("rehearses again where goroutines are watched that were not, as that takes longer")
    void rehearsesLonger() throws InterruptedException {
        services.run(new SampleExperiment().build());
        services.run(new SampleExperiment().goroutines().build());
        services.run(new SampleExperiment().goroutines().build());

        assertThat(services.entered).filteredOn(Stage.REHEARSAL::equals).hasSize(2);
    }

    @Test
    @DisplayName("has a second baseline where the first is not steady, and shows that one")
    void secondBaseline() throws InterruptedException {
        slow(4, 8);
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(result.notes()).startsWith("This is baseline number 2: those before it were not steady.");
        assertThat(result.windows().get(0).startMs()).isBetween(8_000.0, 9_000.0);
        assertThat(result.slos()).extracting(SloResult::window).containsExactly(Stage.BASELINE, Stage.RECOVERY);
    }

    @Test
    @DisplayName("injects nothing where no baseline within 20 s is steady")
    void noBaseline() throws InterruptedException {
        slow(4, 100);
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.summary())
                .startsWith("Not steady before the fault, so nothing was injected: http://p/: p99 of 400 requests");
        assertThat(services.entered).filteredOn(Stage.BASELINE::equals).hasSize(5);
        assertThat(result.notes()).containsExactly("This is baseline number 5: those before it were not steady.");
        assertThat(result.windows()).extracting(Window::stage).containsExactly(Stage.BASELINE);
        assertThat(services.injector.asked).containsExactly("attach", "detach");
    }

    @Test
    @DisplayName("has no verdict on a baseline of too few requests, and says how many it needs")
    void tooFew() throws InterruptedException {
        ExperimentResult result =
                services.run(new SampleExperiment().rate(10).build()).result();

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.summary())
                .contains("60 requests are too few to bound it with 95% confidence")
                .contains("about 299 requests are needed to tell");
        assertThat(services.injector.asked).doesNotContain("on");
    }

    @Test
    @DisplayName("takes the first stretch after the revert that is steady")
    void recovers() throws InterruptedException {
        slow(8, 14);
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(result.notes()).containsExactly("Steady again 1s after the revert.");
        assertThat(result.windows().get(2)).isEqualTo(new Window(Stage.RECOVERY, 14_000, 18_000));
    }

    @Test
    @DisplayName("takes a stretch that begins at the last moment that is allowed, and none after it")
    void recoversJustInTime() throws InterruptedException {
        slow(8, 16);
        ExperimentResult result = services.run(new SampleExperiment().build()).result();
        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(result.notes()).containsExactly("Steady again 3s after the revert.");
    }

    @Test
    @DisplayName("fails where the last stretch that is allowed is not steady")
    void neverRecovers() throws InterruptedException {
        slow(8, 17);
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary()).startsWith("In the recovery window, http://p/: p99 of 400 requests was 900ms");
        assertThat(result.notes()).isEmpty();
        assertThat(result.windows().get(2)).isEqualTo(new Window(Stage.RECOVERY, 16_000, 20_000));
    }

    @Test
    @DisplayName("waits for the answers to the last requests of a window, so that slow ones count")
    void waitsForAnswers() throws InterruptedException {
        slow(12.9, 13);
        ExperimentResult result = services.run(new SampleExperiment()
                        .whileFaulted(QuantileObjective.max(Duration.ofMillis(800)))
                        .build())
                .result();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary())
                .isEqualTo(
                        "In the fault window, http://p/: max of 500 requests was 900ms," + " above the limit of 800ms");
        assertThat(result.slos())
                .extracting(SloResult::window)
                .containsExactly(Stage.BASELINE, Stage.FAULT, Stage.RECOVERY);
    }

    @Test
    @DisplayName("waits for answers no longer than their time-out")
    void waitsNotForEver() throws InterruptedException {
        services.latency = at -> Duration.ofHours(1).toNanos();
        long before = services.clock.nanoTime();
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.summary()).contains("no request was planned in this window");
        assertThat(Duration.ofNanos(services.clock.nanoTime() - before))
                .isEqualTo(Duration.ofMillis(4_000 + 3 * (4_000 + 2_200) + 500)); // and word of a loss may be late
    }

    @Test
    @DisplayName("notes a pod that restarts under the fault, and misses one that goes")
    void pods() throws InterruptedException {
        services.during(Stage.FAULT, () -> {
            Instance pod = services.pods.remove(0);
            services.pods.add(FakeServices.pod("p-0", "p", 4713, pod.ports()));
            services.pods.removeIf(other -> other.name().equals("q-0"));
        });
        long before = services.clock.nanoTime();
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary())
                .isEqualTo(
                        "Not all pods came back: q has 0 of 1 ready, more than 3s after the fault and the last end of"
                                + " one.");
        assertThat(result.notes())
                .contains("Pod q-0 ended during the experiment.")
                .doesNotContain("Pod p-0 ended during the experiment.")
                .anyMatch(note -> note.startsWith("The container of pod p-0 restarted during the fault"));
        assertThat(Duration.ofNanos(services.clock.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(17));
    }

    @Test
    @DisplayName("says once what was to be said of what was before it")
    void notes() throws InterruptedException {
        services.runner.note("p-0 was started anew");
        assertThat(services.run(new SampleExperiment().build()).result().notes())
                .contains("p-0 was started anew");
        assertThat(services.run(new SampleExperiment().build()).result().notes())
                .doesNotContain("p-0 was started anew");
    }

    @Test
    @DisplayName("has figures of its load, while there is one")
    void figures() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        for (Stage stage : List.of(Stage.REHEARSAL, Stage.FAULT, Stage.GOROUTINES)) {
            services.during(stage, () -> seen.add(services.figures.get()));
        }
        services.run(new SampleExperiment().goroutines().build());

        assertThat(seen).containsExactly("", "p99 12.5 ms, errors 25.0 %", "");
    }

    @Test
    @DisplayName("refuses to watch goroutines at a port that no pod has, and says which there are")
    void noSuchPort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoroutineCheck.of(
                        new GoroutineRecovery(Duration.ofSeconds(20), "admin"),
                        new FixedCluster(services.pods, List.of()),
                        services.clock))
                .withMessageContaining("no pod has a container port named \"admin\"")
                .withMessageContaining("p-0 {pprof=")
                .withMessageEndingWith("q-0 {}");
    }

    @Test
    @DisplayName(
            "lifts the fault in its time, however long the test's own code takes, and waits for it where that is quick")
    void longBody() throws InterruptedException {
        ExperimentResult result = services.run(new SampleExperiment().build(), faults -> {
                    services.clock.sleep(Duration.ofSeconds(4));
                    assertThat(services.injector.on).isTrue();
                    services.clock.sleep(Duration.ofSeconds(30));
                    assertThat(services.injector.on).isFalse();
                })
                .result();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(result.windows().get(1)).isEqualTo(new Window(Stage.FAULT, 8_000, 13_000));
    }

    @Test
    @DisplayName("fails where the test's own code does, and goes on to the recovery")
    void bodyFails() throws InterruptedException {
        AssertionError error = new AssertionError("degraded was false");
        Finished finished = services.run(new SampleExperiment().build(), faults -> {
            throw error;
        });

        assertThat(finished.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finished.result().summary())
                .isEqualTo("The test's own check failed during the fault: degraded was false");
        assertThat(finished.thrown()).isSameAs(error);
        assertThat(services.entered).contains(Stage.RECOVERY);
    }

    @Test
    @DisplayName("names the exception of the test's own code where that has no message")
    void bodyFailsWordless() throws InterruptedException {
        assertThat(services.run(new SampleExperiment().build(), faults -> {
                            throw new IllegalStateException();
                        })
                        .result()
                        .summary())
                .endsWith("during the fault: java.lang.IllegalStateException");
    }

    @Test
    @DisplayName("has no result where an assumption of the test's own code does not hold; the fault is gone")
    void bodyAborts() {
        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> services.run(new SampleExperiment().build(), faults -> {
                    throw new TestAbortedException("not here");
                }));
        assertThat(services.injector.asked).endsWith("on", "detach");
        assertThat(services.loads).allMatch(load -> load.closed);
    }

    @Test
    @DisplayName("without a load has neither baseline nor recovery")
    void noLoad() throws InterruptedException {
        ExperimentResult result =
                services.run(new SampleExperiment().rate(0).build()).result();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(services.entered).containsExactly(Stage.FAULT);
        assertThat(result.windows()).containsExactly(new Window(Stage.FAULT, 0, 5_000));
        assertThat(result.touched()).isEmpty();
    }

    @Test
    @DisplayName("watches goroutines after the recovery, and counts them all the while")
    void goroutines() throws InterruptedException {
        ExperimentResult result =
                services.run(new SampleExperiment().goroutines().build()).result();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(services.entered).endsWith(Stage.RECOVERY, Stage.GOROUTINES);
        assertThat(result.goroutines().get(0).series()).hasSizeGreaterThan(10);
    }

    /** Requests that are due between two moments take 900 ms. */
    private void slow(double fromSeconds, double toSeconds) {
        services.latency =
                at -> at >= fromSeconds * 1e9 && at < toSeconds * 1e9 ? FakeServices.SLOW : FakeServices.FAST;
    }
}
