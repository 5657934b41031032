// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@DisplayName("A run that is cut short")
@Timeout(20)
class CutShortTests {
    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        boolean unused = Thread.interrupted();
        services.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REHEARSAL")
    @DisplayName("by an interrupt has no verdict, says in which stage it was, and leaves no fault behind")
    void interrupted(Stage stage) throws InterruptedException {
        services.goroutines = faults -> 20 * faults;
        services.during(stage, Thread.currentThread()::interrupt);
        Finished finished = services.run(new SampleExperiment().goroutines().build());

        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary())
                .isEqualTo("Interrupted, as by a time-out of the test, in the " + stage + " window.");
        assertThat(finished.thrown()).isInstanceOf(InterruptedException.class);
        assertThat(finished.lost()).isFalse();
        assertThat(services.entered).endsWith(stage);
        assertNothingLeft();
    }

    @Test
    @DisplayName("by an interrupt in the rehearsal throws that, as nothing has been found")
    void interruptedEarly() {
        services.during(Stage.REHEARSAL, Thread.currentThread()::interrupt);
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> services.run(new SampleExperiment().build()));
        assertNothingLeft();
    }

    @Test
    @DisplayName("by an interrupt in the fault has the window of the fault as it was")
    void shortFault() throws InterruptedException {
        services.during(Stage.FAULT, Thread.currentThread()::interrupt);
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.windows()).hasSize(2);
        assertThat(result.windows().get(1).startMs()).isEqualTo(8_000);
        assertThat(result.windows().get(1).endMs()).isEqualTo(9_000);
        assertThat(result.faults()).hasSize(1);
        assertThat(services.injector.asked).startsWith("attach", "on", "off");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("by the helper's death ends at once in each stage, says so, and holds nothing against anybody")
    void helperDies(Stage stage) throws InterruptedException {
        services.goroutines = faults -> 20 * faults;
        services.during(stage, services.injector::die);
        Finished finished = services.run(new SampleExperiment().goroutines().build());

        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary())
                .isEqualTo("In the " + stage + " window, the agent ended, and its faults with it: fake.\n"
                        + "That is not the services' doing, so nothing was decided.");
        assertThat(finished.lost()).isTrue();
        assertThat(finished.result().slos()).isEmpty();
        assertThat(finished.result().goroutines()).isEmpty();
        assertThat(services.entered).endsWith(stage);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(services.loads.get(services.loads.size() - 1).aborted).isTrue();
        assertNothingLeft();
    }

    @Test
    @DisplayName("by the helper's death before it does not begin")
    void deadBefore() throws InterruptedException {
        services.injector.die();
        Finished finished = services.run(new SampleExperiment().build());

        assertThat(finished.result().summary()).startsWith("Before the first window, the agent ended");
        assertThat(services.injector.asked).isEmpty();
        assertThat(services.loads).isEmpty();
    }

    @Test
    @DisplayName("by the helper's death ends when the test's own code returns, which made light of the interrupt")
    void swallowed() throws InterruptedException {
        Finished finished = services.run(new SampleExperiment().build(), faults -> {
            services.injector.die();
            assertThat(Thread.interrupted()).isTrue();
        });

        assertThat(finished.result().summary()).startsWith("In the fault window, the agent ended");
        assertThat(finished.result().windows().get(1).endMs()).isEqualTo(8_000);
    }

    @Test
    @DisplayName("by the helper's death notes what else was seen, and holds it against nobody")
    void seenAsWell() throws InterruptedException {
        services.during(Stage.RECOVERY, services.injector::die);
        Finished finished = services.run(new SampleExperiment().build(), faults -> {
            throw new IllegalStateException("connection refused");
        });

        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().notes())
                .contains("Seen as well, and held against nobody: The test's own check failed during the fault:"
                        + " connection refused");
        assertThat(finished.thrown()).hasMessage("connection refused");
    }

    @Test
    @DisplayName("by an interrupt keeps what the test's own code threw before")
    void threwBefore() throws InterruptedException {
        IllegalStateException error = new IllegalStateException("connection refused");
        services.during(Stage.RECOVERY, Thread.currentThread()::interrupt);
        Finished finished = services.run(new SampleExperiment().build(), faults -> {
            throw error;
        });

        assertThat(finished.thrown()).isInstanceOf(InterruptedException.class).hasSuppressedException(error);
    }

    private void assertNothingLeft() {
        assertThat(services.injector.on).isFalse();
        assertThat(services.injector.asked).endsWith("detach");
        assertThat(services.loads).allMatch(load -> load.closed);
    }
}
