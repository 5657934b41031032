// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoPanic;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.Targets;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever follows the pods of a fault")
class FollowedPodsTests {
    private static final Duration LONG = Duration.ofHours(1);

    private final FakeClock clock = new FakeClock();
    private final FakeHelper helper = new FakeHelper();
    private final ChangingCluster cluster = new ChangingCluster("p-0", "p-1");
    private final List<String> notes = new ArrayList<>();

    @Test
    @DisplayName("notes no restart of a pod that is under no fault")
    void bystander() {
        try (FaultSchedule faults = attach(delay(Mode.ONE));
                Replacements replacements = follow(faults)) {
            cluster.restart(faults.targets().get(0).name().equals("p-0") ? "p-1" : "p-0");
            replacements.look(notes::add);

            assertThat(notes).isEmpty();
        }
    }

    @Test
    @DisplayName("says that a fault stayed on where that is on the pod which restarted, and not on another alone")
    void stayed() {
        Fault delay = delay(Mode.ONE);
        try (FaultSchedule faults = attach(delay, panic());
                Replacements replacements = follow(faults)) {
            String delayed = faults.targets(delay).get(0).name();
            String other = delayed.equals("p-0") ? "p-1" : "p-0";
            cluster.restart(other);
            replacements.look(notes::add);
            assertThat(notes.get(0)).isEqualTo("The container of pod " + other + " restarted during the fault.");

            notes.clear();
            cluster.restart(delayed);
            replacements.look(notes::add);
            assertThat(notes.get(0))
                    .isEqualTo("The container of pod " + delayed + " restarted during the fault, which stayed on.");
        }
    }

    @Test
    @DisplayName("hits none that comes with other labels")
    void others() {
        try (FaultSchedule faults = attach(delay(Mode.ALL));
                Replacements replacements = follow(faults)) {
            cluster.come(new Instance(
                    "q-0",
                    "uid-q-0",
                    "q",
                    Map.of("app", "q"),
                    "10.42.0.8",
                    new Handle.Container("node", "q"),
                    "eth0",
                    Map.of()));
            replacements.look(notes::add);

            assertThat(faults.targets()).extracting(Instance::name).containsExactly("p-0", "p-1");
            assertThat(notes).isEmpty();
        }
    }

    @Test
    @DisplayName("says once that pods cannot be seen for a moment, and goes on")
    void unseen() {
        try (FaultSchedule faults = attach(delay(Mode.ALL));
                Replacements replacements = follow(faults)) {
            cluster.unreachable = true;
            replacements.look(notes::add);
            replacements.look(notes::add);
            cluster.unreachable = false;
            cluster.come("p-2");
            replacements.look(notes::add);

            assertThat(notes).hasSize(2);
            assertThat(notes.get(0)).startsWith("Pods could not be followed for a moment of the fault: ");
            assertThat(notes.get(1)).startsWith("Pod p-2 came later and was hit");
        }
    }

    @Test
    @DisplayName("notes how long into the fault a pod leaves its Services")
    void leaves() {
        try (FaultSchedule faults = attach(delay(Mode.ALL));
                Departures departures = new Departures(cluster, faults, clock)) {
            departures.start(clock.nanoTime(), notes::add);
            clock.pass(Duration.ofSeconds(2));
            cluster.ready("p-0", false);
            clock.pass(Duration.ofSeconds(1));

            assertThat(notes)
                    .containsExactly("Pod p-0 was not ready any more 2.1s into the fault: it left its Services.");
        }
    }

    private static Fault delay(Mode mode) {
        return new NetworkDelay(
                new Selection(Selector.parse("app=p"), mode, ""),
                LONG,
                new Latency(Duration.ofMillis(5)),
                Percent.NONE,
                Traffic.SENT);
    }

    private static Fault panic() {
        Selection all = new Selection(Selector.parse("app=p"), Mode.ALL, "");
        return new GoPanic(all, LONG, new GoSite("main.f", "", ""), Calls.ALL);
    }

    private FaultSchedule attach(Fault... faults) {
        HelperInjector injector = new HelperInjector(cluster, node -> helper);
        return FaultSchedule.attach(injector, Targets.choose(List.of(faults), cluster, new Random(1)), clock);
    }

    private Replacements follow(FaultSchedule faults) {
        Replacements replacements = new Replacements(cluster, faults, new Random(1), clock);
        faults.start();
        replacements.remember();
        return replacements;
    }
}
