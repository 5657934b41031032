// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PodPause;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.inject.Targets;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.QuantileObjective;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The load enters by Service {@code p} with a time-out of 2 s. */
@DisplayName("A pause of the pods that a load enters by")
class PausedEntryTests {
    private final ChangingCluster cluster = new ChangingCluster("p-0", "p-1");

    @Test
    @DisplayName("is told from an objective on latency that it cannot meet, with the share that waits for longer")
    void latency() {
        assertThat(warnings(pause(Mode.ALL, 5), QuantileObjective.p99(Duration.ofMillis(500))))
                .containsExactly("pause, 5s, on app=p (all): http://p/ enters by no other pod, so that about 90% of its"
                        + " requests take longer than 500ms meanwhile, whatever the services do: p99 of"
                        + " @Slo(phase = FAULT) cannot hold.");
        assertThat(warnings(pause(Mode.ALL, 5), QuantileObjective.p50(Duration.ofSeconds(3))))
                .isEmpty();
        assertThat(warnings(pause(Mode.ALL, 5), QuantileObjective.max(Duration.ofSeconds(5))))
                .isEmpty();
    }

    @Test
    @DisplayName("is told from an error rate by those that come to their time-out")
    void errorRate() {
        assertThat(warnings(pause(Mode.ALL, 5), new ErrorRateObjective(new Percent(0.1))))
                .singleElement()
                .asString()
                .contains("about 60% of its requests come to their time-out of 2s meanwhile", ": errorRate of @Slo");
        assertThat(warnings(pause(Mode.ALL, 2), new ErrorRateObjective(Percent.NONE)))
                .isEmpty();
    }

    @Test
    @DisplayName("is none where another pod may answer, or nobody stands still")
    void notAll() {
        Objective strict = QuantileObjective.p99(Duration.ofMillis(1));
        assertThat(warnings(pause(Mode.ONE, 5), strict)).isEmpty();
        assertThat(warnings(SampleInjections.delay(Duration.ofSeconds(5)).fault(), strict))
                .isEmpty();
    }

    private List<String> warnings(Fault fault, Objective objective) {
        List<Instance> pods = cluster.instances();
        return new PausedEntry(
                        new SampleExperiment().of(fault).whileFaulted(objective).build(),
                        Targets.choose(List.of(fault), cluster, new Random(1)),
                        pods,
                        List.of(new ServiceEndpoint("p", List.of(), Map.of(), Map.of("app", "p"), Map.of())))
                .warnings();
    }

    private static Fault pause(Mode mode, int seconds) {
        return new PodPause(new Selection(Selector.parse("app=p"), mode, ""), Duration.ofSeconds(seconds));
    }
}
