// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.inject.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("While a fault is on,")
@Timeout(20)
class DeparturesTests {
    private static final Fault FAULT =
            SampleInjections.delay(Duration.ofHours(1)).fault();

    private final ChangingCluster cluster = new ChangingCluster("p-0", "p-1");
    private final List<String> notes = new ArrayList<>();

    @Test
    @DisplayName("a pod that leaves its Services is noted, and so is its return, each with its time into the fault")
    void leavesAndReturns() {
        try (FaultSchedule faults = attach();
                Departures departures = new Departures(cluster, faults, Clock.SYSTEM)) {
            departures.look(Duration.ofMillis(100), notes::add);
            cluster.ready("p-0", false);
            departures.look(Duration.ofMillis(22_345), notes::add);
            departures.look(Duration.ofMillis(22_445), notes::add);
            cluster.ready("p-0", true);
            departures.look(Duration.ofSeconds(30), notes::add);

            assertThat(notes)
                    .containsExactly(
                            "Pod p-0 was not ready any more 22.3s into the fault: it left its Services.",
                            "Pod p-0 was ready again 30s into the fault.");
        }
    }

    @Test
    @DisplayName("a pod that no fault hits, or that is gone, is not noted")
    void others() {
        try (FaultSchedule faults = attach();
                Departures departures = new Departures(cluster, faults, Clock.SYSTEM)) {
            cluster.come("stranger");
            cluster.ready("stranger", false);
            cluster.ready("p-1", false);
            cluster.go("p-1");
            departures.look(Duration.ofSeconds(1), notes::add);

            assertThat(notes).isEmpty();
        }
    }

    @Test
    @DisplayName("a pod is looked after by itself; one that was not ready before has not left by the fault")
    void byItself() {
        List<String> told = new CopyOnWriteArrayList<>();
        cluster.ready("p-1", false);
        try (FaultSchedule faults = attach();
                Departures departures = new Departures(cluster, faults, Clock.SYSTEM)) {
            departures.start(System.nanoTime(), told::add);
            cluster.ready("p-0", false);

            Awaitility.await().until(() -> !told.isEmpty());
            assertThat(told).singleElement().asString().startsWith("Pod p-0 was not ready any more ");
        }
    }

    private FaultSchedule attach() {
        HelperInjector injector = new HelperInjector(cluster, node -> new FakeHelper());
        return FaultSchedule.attach(injector, Targets.choose(List.of(FAULT), cluster, new Random(1)), Clock.SYSTEM);
    }
}
