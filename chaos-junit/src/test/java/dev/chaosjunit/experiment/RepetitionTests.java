// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Rate;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goroutines have five seconds at least, so all of these run at the same time. */
@DisplayName("Where goroutines are more after a fault,")
@Timeout(60)
class RepetitionTests {
    private static final Duration WITHIN = Duration.ofMillis(5_100);
    private static final LoadSpec LOAD =
            new LoadSpec(URI.create("http://p/"), new Rate(20), "GET", Map.of(), "", Duration.ofSeconds(2));
    private static final ExecutorService SIDE_BY_SIDE = Executors.newCachedThreadPool();

    private static GrowingPod pool;
    private static GrowingPod unhit;
    private static GrowingPod unloaded;
    private static Future<ExperimentResult> pools;
    private static Future<ExperimentResult> unhits;
    private static Future<ExperimentResult> unloadeds;

    @BeforeAll
    static void start() throws Exception {
        pool = new GrowingPod(faults -> faults > 0 ? 10 : 0);
        unhit = new GrowingPod(faults -> faults * 10);
        unhit.helper.reply(
                "stats f2",
                "ok seen=10 matched=0 hit=0 bytes=0 t_on_ns=1 t_first_hit_ns=0"
                        + " t_off_ns=2 t_first_clean_ns=0 captured=0 sent=0 full=0 skipped=0 expired=0 send_errors=0"
                        + " rt=yes delay_hist= err_hist= peers=");
        unloaded = new GrowingPod(faults -> faults * 10);
        pools = run(pool, List.of(LOAD));
        unhits = run(unhit, List.of(LOAD));
        unloadeds = run(unloaded, List.of());
    }

    @AfterAll
    static void stop() {
        SIDE_BY_SIDE.shutdownNow();
        List.of(pool, unhit, unloaded).forEach(GrowingPod::close);
    }

    @Test
    @DisplayName("the fault comes once more, and where they do not become more by that, they pass and are named")
    void bounded() throws Exception {
        ExperimentResult result = pools.get();

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(result.goroutines().get(0).detail())
                .startsWith("bounded: ")
                .endsWith("main.wait, created by main.handle 1 \u2192 11 \u2192 11 (chan receive)");
        assertThat(result.goroutines().get(0).groups()).hasSize(1);
        assertThat(result.notes()).hasSize(1).first().asString().contains("the fault was repeated for 400ms");
        assertThat(pool.helper.asked())
                .filteredOn(asked -> !asked.startsWith("stats"))
                .startsWith("attach f1", "on f1", "off f1", "detach f1", "attach f2", "on f2", "off f2", "detach f2")
                .doesNotContain("on f3");
    }

    @Test
    @DisplayName("nothing is told by a repetition that hits nothing: they are not back, which is a failure")
    void hitsNothing() throws Exception {
        ExperimentResult result = unhits.get();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary())
                .contains("not back 5.1s after the fault: main.wait, created by main.handle 1 \u2192 11")
                .endsWith(": the fault was repeated to tell, but hit nothing");
        assertThat(unhit.helper.asked()).contains("on f2").doesNotContain("on f3");
    }

    @Test
    @DisplayName("nothing is repeated without a load")
    void withoutLoad() throws Exception {
        ExperimentResult result = unloadeds.get();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary()).endsWith(": without a @Load, the fault cannot be repeated to tell");
        assertThat(unloaded.helper.asked()).doesNotContain("on f2");
    }

    @Test
    @DisplayName(
            "rehearsed is as long as baseline, fault and recovery together, 30 s at most; else it is only to warm up")
    void rehearsal() {
        Optional<GoroutineRecovery> goroutines = Optional.of(new GoroutineRecovery(WITHIN, "pprof"));

        assertThat(experiment(Duration.ofSeconds(5), List.of(LOAD), goroutines).rehearsal())
                .isEqualTo(Duration.ofMillis(5_800));
        assertThat(experiment(Duration.ofMinutes(5), List.of(LOAD), goroutines).rehearsal())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(experiment(Duration.ofSeconds(5), List.of(LOAD), Optional.empty())
                        .rehearsal())
                .isEqualTo(Duration.ofMillis(400));
    }

    private static Future<ExperimentResult> run(GrowingPod pod, List<LoadSpec> loads) {
        Experiment experiment =
                experiment(Duration.ofMillis(400), loads, Optional.of(new GoroutineRecovery(WITHIN, "pprof")));
        return SIDE_BY_SIDE.submit(
                () -> pod.runner().run(experiment, faults -> {}).result());
    }

    private static Experiment experiment(
            Duration length, List<LoadSpec> loads, Optional<GoroutineRecovery> goroutines) {
        Fault fault = SampleInjections.delay(length).fault();
        WindowLengths windows = new WindowLengths(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ZERO);
        return new Experiment("t", "t", List.of(fault), loads, List.of(), goroutines, windows, 1);
    }
}
