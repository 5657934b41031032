// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.slo.RelativeLimit;
import dev.chaosjunit.slo.RelativeObjective;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A control group")
class ControlGroupTests {
    private static final Experiment COMPARING = new SampleExperiment()
            .whileFaulted(new RelativeObjective("p50", 0.5, RelativeLimit.ofLatency("control + 50ms")))
            .build();

    private final Instance hit = ChangingCluster.pod("p-0", "1");
    private final Instance spared = ChangingCluster.pod("p-1", "2");

    @Test
    @DisplayName("is of the pods behind a load's Service, where the fault spares some")
    void routes() {
        ControlGroup group = ControlGroup.of(COMPARING, on(hit), cluster("app", "p"));

        assertThat(group.routes()).containsOnlyKeys(URI.create("http://p/"));
        assertThat(group.routes().values())
                .singleElement()
                .satisfies(routes -> assertThat(routes).containsOnlyKeys("p-0", "p-1"));
    }

    @Test
    @DisplayName("is none where no limit asks for it")
    void none() {
        assertThat(ControlGroup.of(new SampleExperiment().build(), on(hit), cluster("app", "p"))
                        .routes())
                .isEmpty();
    }

    @Test
    @DisplayName("is refused where the fault spares no pod, has none of them, or none can be reached by itself")
    void refused() {
        assertThatThrownBy(() -> ControlGroup.of(COMPARING, on(hit, spared), cluster("app", "p")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "@Slo(p50 = \"control + 50ms\"): no pod behind http://p/ is spared by the fault, which has [p-0,"
                                + " p-1]. Spare one (mode = ONE, two replicas), or compare with the baseline");
        assertThatThrownBy(() -> ControlGroup.of(COMPARING, on(SampleInjections.POD, hit), cluster("app", "q")))
                .hasMessageContaining("there is no way to the pods behind http://p/ one by one here");
        assertThatThrownBy(() -> ControlGroup.of(COMPARING, on(ChangingCluster.pod("q-0", "3")), cluster("app", "p")))
                .hasMessageContaining(
                        "the pods with the fault, [q-0], do not answer http://p/ themselves, but [p-0, p-1] do");
    }

    private Cluster cluster(String label, String value) {
        ServiceEndpoint service =
                new ServiceEndpoint("p", List.of(), Map.of("http", 80), Map.of(label, value), Map.of());
        return new FixedCluster(List.of(hit, spared), List.of(service));
    }

    private static List<Injection> on(Instance... pods) {
        return List.of(pods).stream()
                .map(pod -> SampleInjections.of(
                        SampleInjections.delay(Duration.ofSeconds(5)).fault(), pod))
                .toList();
    }
}
