// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.jwt.JwtChaos;
import dev.chaosjunit.jwt.Mutation;
import dev.chaosjunit.jwt.SampleToken;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two mutations at 10/s each for 5 s: 50 requests each. */
@DisplayName("Mutated tokens in a run")
@Timeout(20)
class MutatedRequestsTests {
    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    @DisplayName("are sent for their time, beside the load, and no other fault is needed")
    void passes() throws InterruptedException {
        services.error = spec -> isMutated(spec) ? "HTTP 401" : null;
        Finished finished = services.run(experiment(false));

        assertThat(finished.result().outcome()).as(finished.result().summary()).isEqualTo(Outcome.PASSED);
        assertThat(finished.result().summary())
                .isEqualTo("Every objective was met, each mutated token got its answer, and everything came back.");
        assertThat(finished.result().tokens())
                .hasSize(2)
                .allSatisfy(token -> assertThat(token.answers()).isEqualTo(Map.of("HTTP 401", 50L)));
        assertThat(finished.result().windows()).contains(new Window(Stage.FAULT, 8_000, 13_000));
        assertThat(finished.result().loads()).hasSize(1);
        assertThat(services.loads).allMatch(load -> load.closed);
    }

    @Test
    @DisplayName("that are let in fail it, with the habit that lets them in")
    void letIn() throws InterruptedException {
        services.error = spec -> isMutated(spec) ? "HTTP 200" : null;

        assertThat(services.run(experiment(false)).result())
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.FAILED))
                .satisfies(result -> assertThat(result.summary())
                        .startsWith("Of the requests to http://p/, with a token that is SIGNATURE_CUT, wanted HTTP 401,"
                                + " came 50 × HTTP 200: it does not check signatures.\n"));
    }

    @Test
    @DisplayName("leave the load's own requests to their SLO, and go with a fault")
    void besideFault() throws InterruptedException {
        services.error = spec -> isMutated(spec) ? "HTTP 401" : null;
        Finished finished = services.run(experiment(true));

        assertThat(finished.result().summary())
                .isEqualTo("Every objective was met, the fault hit, each mutated token got its answer,"
                        + " and everything came back.");
        assertThat(finished.result().slos())
                .allSatisfy(slo -> assertThat(slo.outcome()).isEqualTo(Outcome.PASSED));
    }

    private static boolean isMutated(LoadSpec spec) {
        return spec.expected().statuses().isEmpty();
    }

    private static Experiment experiment(boolean faulted) {
        Experiment plain = new SampleExperiment().build();
        return new Experiment(
                "t",
                "t",
                faulted ? plain.faults() : List.of(),
                List.of(SampleToken.load(SampleToken.HS256)),
                List.of(
                        new SloSpec(Phase.STEADY, List.of(new ErrorRateObjective(new Percent(0.02)))),
                        new SloSpec(Phase.FAULT, List.of(new ErrorRateObjective(new Percent(0.02))))),
                Optional.empty(),
                SampleExperiment.LENGTHS,
                1,
                false,
                Optional.of(new JwtChaos(
                        List.of(Mutation.SIGNATURE_CUT, Mutation.ALG_NONE),
                        List.of(),
                        new Percent(0.2),
                        Duration.ofSeconds(5),
                        Optional.empty(),
                        Duration.ZERO,
                        "2",
                        Map.of())),
                TraceRules.NONE,
                List.of(),
                Optional.empty());
    }
}
