// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.load.ChaosMark;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

@DisplayName("Requests carry the mark of the fault")
@Timeout(20)
class MarkedLoadsTests {
    private static final Optional<ChaosMark> MARK = Optional.of(new ChaosMark("t/fault", "NetworkDelay"));

    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    @DisplayName("while it is on, and not before or after")
    void whileOn() throws InterruptedException {
        List<Optional<ChaosMark>> seen = new ArrayList<>();
        for (Stage stage : List.of(Stage.REHEARSAL, Stage.BASELINE, Stage.FAULT, Stage.RECOVERY)) {
            services.during(stage, () -> seen.add(current()));
        }
        services.run(
                new SampleExperiment().build(), faults -> assertThat(current()).isEqualTo(MARK));

        assertThat(seen).containsExactly(Optional.empty(), Optional.empty(), MARK, Optional.empty());
    }

    @Test
    @DisplayName("until it is lifted, however long the test's own code takes")
    void longBody() throws InterruptedException {
        Finished finished = services.run(new SampleExperiment().build(), faults -> {
            services.clock.sleep(Duration.ofMillis(4_900));
            assertThat(current()).isEqualTo(MARK);
            services.clock.sleep(Duration.ofMillis(200));
            assertThat(services.injector.on).isFalse();
            assertThat(current()).isEmpty();
        });
        assertThat(finished.thrown()).isNull();
    }

    @Test
    @DisplayName("until it is lifted where the test's own code fails, and no longer")
    void bodyFails() throws InterruptedException {
        List<Optional<ChaosMark>> seen = new ArrayList<>();
        services.during(Stage.FAULT, () -> seen.add(current()));
        services.run(new SampleExperiment().build(), faults -> {
            throw new AssertionError("degraded was false");
        });
        assertThat(seen).containsExactly(MARK);
        assertThat(marks()).startsWith(MARK).endsWith(Optional.empty());
    }

    @Test
    @DisplayName("no longer where an assumption of the test's own code does not hold")
    void bodyAborts() {
        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> services.run(new SampleExperiment().build(), faults -> {
                    throw new TestAbortedException("not here");
                }));
        assertThat(marks()).startsWith(MARK).endsWith(Optional.empty());
    }

    @Test
    @DisplayName("never where the baseline is not steady, so that nothing is injected")
    void unsteady() throws InterruptedException {
        services.latency = at -> FakeServices.SLOW;
        services.run(new SampleExperiment().build());

        assertThat(services.loads).allMatch(load -> load.marks.isEmpty());
    }

    private Optional<ChaosMark> current() {
        List<Optional<ChaosMark>> all = marks();
        return all.isEmpty() ? Optional.empty() : all.get(all.size() - 1);
    }

    /** Of the load that was begun last. */
    private List<Optional<ChaosMark>> marks() {
        return services.loads.get(services.loads.size() - 1).marks;
    }
}
