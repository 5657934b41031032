// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Where goroutines are more after a fault,")
@Timeout(20)
class RepetitionTests {
    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    @DisplayName("the fault comes once more, and where they do not become more by that, they pass and are named")
    void bounded() throws InterruptedException {
        services.goroutines = faults -> faults > 0 ? 10 : 0;
        ExperimentResult result = run(new SampleExperiment());

        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        assertThat(result.goroutines().get(0).detail())
                .startsWith("bounded: ")
                .endsWith("main.wait, created by main.handle 1 \u2192 11 \u2192 11 (chan receive)");
        assertThat(result.goroutines().get(0).groups()).hasSize(1);
        assertThat(result.notes()).last().asString().contains("the fault was repeated for 2.5s");
        assertThat(services.injector.asked)
                .filteredOn(asked -> !asked.equals("witnesses"))
                .startsWith("attach", "on", "off", "detach", "attach", "on", "off", "detach")
                .filteredOn("on"::equals)
                .hasSize(2);
    }

    @Test
    @DisplayName("they leak where they become more each time, by half as much as at first or more")
    void leak() throws InterruptedException {
        services.goroutines = faults -> 20 * faults;
        ExperimentResult result = run(new SampleExperiment());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary()).contains("1 \u2192 21 \u2192 41 \u2192 61");
        assertThat(services.entered)
                .endsWith(Stage.GOROUTINES, Stage.REPETITION, Stage.GOROUTINES, Stage.REPETITION, Stage.GOROUTINES);
        assertThat(result.notes())
                .filteredOn(note -> note.equals("To tell whether goroutines leak, the fault was repeated for 2.5s."))
                .hasSize(2);
        assertThat(services.loads).hasSize(4).allMatch(load -> load.closed);
    }

    @ParameterizedTest
    @CsvSource({"1s, 1s", "2s, 2s", "3s, 2s", "4s, 2s", "10s, 5s", "40s, 10s"})
    @DisplayName("it lasts half as long again, but neither below 2 s nor above 10 s unless it did so itself")
    void length(String fault, String repetition) throws InterruptedException {
        services.goroutines = faults -> faults > 0 ? 10 : 0;
        ExperimentResult result = run(new SampleExperiment().lasting(Durations.parse(fault)));

        assertThat(result.notes()).last().asString().endsWith("the fault was repeated for " + repetition + ".");
    }

    @Test
    @DisplayName("its load lasts as long as baseline, fault and recovery, all shortened alike")
    void windows() throws InterruptedException {
        services.goroutines = faults -> faults > 0 ? 10 : 0;
        run(new SampleExperiment());

        assertThat(services.loads.get(2).samples()).hasSize((4_000 + 5_000 + 4_000) / 2 / 10);
        assertThat(services.planned).endsWith(Duration.ofMillis(6_500), Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("nothing is told by a repetition that hits nothing: they are not back, which is a failure")
    void hitsNothing() throws InterruptedException {
        services.goroutines = faults -> faults * 10;
        services.injector.hits = attached -> attached == 1 ? 400 : 0;
        ExperimentResult result = run(new SampleExperiment());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary())
                .contains("not back 20s after the fault: main.wait, created by main.handle 1 \u2192 11")
                .endsWith(": the fault was repeated to tell, but hit nothing");
        assertThat(services.injector.asked).filteredOn("on"::equals).hasSize(2);
    }

    @Test
    @DisplayName("nothing is told where the fault cannot be repeated, and why is said")
    void cannotBeRepeated() throws InterruptedException {
        services.goroutines = faults -> faults * 10;
        services.injector.hits = attached -> {
            if (attached > 1) {
                throw new InjectionException(Cause.FAILURE, "no more of that");
            }
            return 400;
        };
        assertThat(run(new SampleExperiment()).summary())
                .endsWith(": the fault could not be repeated to tell: no more of that");
    }

    @Test
    @DisplayName("nothing is told where the repeated fault ends before its time")
    void endsEarly() throws InterruptedException {
        services.goroutines = faults -> faults * 10;
        services.during(Stage.REPETITION, () -> services.injector.failsToLift = true);

        assertThat(run(new SampleExperiment()).summary())
                .endsWith(": the fault could not be repeated to tell: no such fault");
    }

    @Test
    @DisplayName("nothing is repeated without a load")
    void withoutLoad() throws InterruptedException {
        services.goroutines = faults -> faults * 10;
        ExperimentResult result = run(new SampleExperiment().rate(0));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.summary()).endsWith(": without a @Load, the fault cannot be repeated to tell");
        assertThat(services.injector.asked).filteredOn("on"::equals).hasSize(1);
    }

    private ExperimentResult run(SampleExperiment experiment) throws InterruptedException {
        return services.run(experiment.goroutines().build()).result();
    }
}
