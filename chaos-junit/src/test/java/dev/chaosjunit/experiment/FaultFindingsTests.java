// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.inject.Cut;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.QuantileObjective;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A run of an experiment with a fault")
@Timeout(20)
class FaultFindingsTests {
    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    @DisplayName("has no verdict on a fault that hit nothing")
    void hitsNothing() throws InterruptedException {
        services.injector.hits = attached -> 0;
        ExperimentResult result = services.run(new SampleExperiment().build()).result();

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.summary()).startsWith("The fault hit nothing: ");
    }

    @Test
    @DisplayName("says so where the fault touched few requests")
    void touchesFew() throws InterruptedException {
        services.injector.hits = attached -> 1;
        assertThat(services.run(new SampleExperiment().build()).result().summary())
                .contains("The fault touched about 1 of 500 requests");
    }

    @Test
    @DisplayName("has no verdict where the fault is gone when it is to be lifted, or when its count is asked for")
    void liftedBefore() throws InterruptedException {
        services.injector.failsToLift = true;
        assertThat(services.run(new SampleExperiment().build()).result().summary())
                .startsWith("The fault ended before its time: no such fault");

        services.injector.failsToLift = false;
        services.injector.hits = attached -> {
            throw new InjectionException(Cause.FAILURE, "no count");
        };
        ExperimentResult uncounted = services.run(new SampleExperiment()
                        .whileFaulted(QuantileObjective.p99(Duration.ofMillis(200)))
                        .build())
                .result();
        assertThat(uncounted.summary()).startsWith("The fault ended before its time: no count");
        assertThat(uncounted.slos())
                .as("what the load saw is told all the same")
                .extracting(SloResult::window)
                .containsExactly(Stage.BASELINE, Stage.FAULT, Stage.RECOVERY);
    }

    @Test
    @DisplayName("notes connections that the fault closed, and the requests that were on their way then")
    void cuts() throws InterruptedException {
        long fault = services.clock.nanoTime() + 8_000_000_000L;
        services.injector.cuts.add(new Cut("p-0", 3, fault + 100_000_000, fault + 109_000_000));

        assertThat(services.run(new SampleExperiment().build()).result().notes())
                .contains("Connections closed as the fault began: 3 of pod p-0. Requests in flight at that moment, left"
                        + " out of the limits of the FAULT phase: 1 of http://p/.");
    }

    @Test
    @DisplayName("holds the goroutines of a pod against nobody whose life was to end")
    void killedGoroutines() throws InterruptedException {
        services.injector.killed.add(services.pods.get(0).handle());
        services.during(Stage.RECOVERY, () -> services.pods.remove(0));
        ExperimentResult result =
                services.run(new SampleExperiment().goroutines().build()).result();

        assertThat(result.goroutines()).singleElement().satisfies(pod -> {
            assertThat(pod.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(pod.detail()).contains("was killed by the fault, as it was to be");
        });
    }

    @Test
    @DisplayName("has no verdict where the fault cannot be lifted, as it ended early")
    void endsEarly() throws InterruptedException {
        services.during(Stage.FAULT, services.injector::dieSilently);
        Finished finished = services.run(new SampleExperiment().build());

        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary()).startsWith("The fault ended before its time: the agent is gone");
        assertThat(finished.lost()).isFalse();
        assertThat(services.entered).contains(Stage.RECOVERY);
    }
}
