// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsChaos;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoPanic;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.PodPause;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("While a fault is on,")
@Timeout(20)
class ReplacementsTests {
    private final FakeHelper helper = new FakeHelper();
    private final ChangingCluster cluster = new ChangingCluster("p-0", "p-1");
    private final List<String> notes = new ArrayList<>();
    private final Random random = new Random(1);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    @DisplayName("a pod that comes in the place of one that was hit is hit as well, and noted once")
    void replaced() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        cluster.go("p-0");
        cluster.come("p-2");
        replacements.look(notes::add);
        replacements.look(notes::add);

        assertThat(helper.asked()).endsWith("on f2", "attach f3", "on f3");
        assertThat(faults.targets()).extracting(Instance::name).containsExactly("p-0", "p-1", "p-2");
        assertThat(notes).singleElement().asString().startsWith("Pod p-2 came later and was hit from then on: ");
    }

    @Test
    @DisplayName("a fault on all pods hits every one that comes")
    void all() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        cluster.come("p-2");
        cluster.come("p-3");
        replacements.look(notes::add);

        assertThat(faults.targets()).extracting(Instance::name).containsExactly("p-0", "p-1", "p-2", "p-3");
    }

    @Test
    @DisplayName(
            "a fault on one pod stays on one: only that pod's successor is hit, never a bystander or its successor")
    void one() {
        FaultSchedule faults = attach(Mode.ONE);
        String hit = faults.targets().get(0).name();
        String bystander = hit.equals("p-0") ? "p-1" : "p-0";
        Replacements replacements = start(faults);
        cluster.go(bystander);
        cluster.come("p-2");
        replacements.look(notes::add);
        assertThat(faults.targets()).extracting(Instance::name).containsExactly(hit);

        cluster.go(hit);
        replacements.look(notes::add);
        cluster.come("p-3");
        replacements.look(notes::add);
        assertThat(faults.targets()).extracting(Instance::name).containsExactly(hit, "p-2");
        assertThat(helper.asked()).filteredOn(asked -> asked.startsWith("on ")).hasSize(2);
    }

    @Test
    @DisplayName("a pod that comes on another node is not hit, and both nodes are noted, once")
    void moved() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        cluster.go("p-0");
        replacements.look(notes::add);
        cluster.come("p-2", "elsewhere");
        replacements.look(notes::add);
        replacements.look(notes::add);

        assertThat(helper.asked()).endsWith("on f2");
        assertThat(faults.targets()).extracting(Instance::name).containsExactly("p-0", "p-1");
        assertThat(notes)
                .containsExactly("Pod p-2 came on elsewhere in the place of p-0, which was on node: no fault follows a"
                        + " pod to another node.");
    }

    @Test
    @DisplayName("whoever comes at the same time on the node of one that went is in its place, and the other one moved")
    void movedBesideReplaced() {
        cluster.come("q-0", "elsewhere");
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        cluster.go("p-0");
        cluster.go("p-1");
        cluster.come("p-2", "elsewhere");
        cluster.come("p-3");
        replacements.look(notes::add);

        assertThat(faults.targets()).extracting(Instance::name).containsExactly("p-0", "p-1", "q-0", "p-3");
        assertThat(notes).hasSize(2).anyMatch(note -> note.startsWith("Pod p-2 came on elsewhere in the place of p-1"));
    }

    @Test
    @DisplayName("nobody else is hit in the place of a pod that moved; what comes beside it, by a fault on all only")
    void placeOfMoved() {
        FaultSchedule faults = attach(Mode.ONE);
        Replacements replacements = start(faults);
        cluster.come("beside", "elsewhere");
        replacements.look(notes::add);
        assertThat(notes).isEmpty();

        String hit = faults.targets().get(0).name();
        cluster.go(hit);
        cluster.come("moved", "elsewhere");
        replacements.look(notes::add);
        cluster.come("later");
        replacements.look(notes::add);

        assertThat(faults.targets()).extracting(Instance::name).containsExactly(hit);
        assertThat(notes).singleElement().asString().startsWith("Pod moved came on elsewhere in the place of " + hit);
    }

    @Test
    @DisplayName("a fault on all pods hits one more on another node, where it takes nobody's place")
    void moreElsewhere() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        cluster.come("p-2", "elsewhere");
        replacements.look(notes::add);
        cluster.go("p-0");
        replacements.look(notes::add);

        assertThat(faults.targets()).extracting(Instance::name).containsExactly("p-0", "p-1", "p-2");
        assertThat(notes).singleElement().asString().startsWith("Pod p-2 came later and was hit from then on: ");
    }

    @Test
    @DisplayName("the successor of a pod that went before it could be hit is hit")
    void goneBefore() {
        FaultSchedule faults = attach(Mode.ONE);
        Replacements replacements = replacements(faults);
        String hit = faults.targets().get(0).name();
        cluster.go(hit);
        cluster.come("p-2");
        faults.start();
        replacements.remember();
        replacements.look(notes::add);

        assertThat(faults.targets()).extracting(Instance::name).containsExactly(hit, "p-2");
    }

    @Test
    @DisplayName("a container that restarts is noted, and nothing is attached anew: the fault is on the pod")
    void restarted() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        cluster.restart("p-1");
        replacements.look(notes::add);
        replacements.look(notes::add);

        assertThat(notes).containsExactly("The container of pod p-1 restarted during the fault, which stayed on.");
        assertThat(helper.asked()).endsWith("on f2");
    }

    @Test
    @DisplayName("the new process of a container that restarts is hit anew by a fault in the process")
    void restartedProcess() {
        FaultSchedule faults = attach(panic(Mode.ONE));
        String hit = faults.targets().get(0).name();
        Replacements replacements = start(faults);
        cluster.restart(hit);
        replacements.look(notes::add);
        replacements.look(notes::add);

        assertThat(helper.asked()).endsWith("on f1", "attach f2", "on f2");
        assertThat(faults.targets()).extracting(Instance::name).containsExactly(hit, hit);
        assertThat(notes.get(0)).isEqualTo("The container of pod " + hit + " restarted during the fault.");
        assertThat(notes.get(1)).startsWith("Pod " + hit + " restarted and was hit from then on: panic in main.f");
        assertThat(notes).hasSize(2);
    }

    @Test
    @DisplayName("what is done at moments follows no pod, and stays on none")
    void moments() {
        Fault kill = new PodKill(
                new Selection(Selector.parse("app=p"), Mode.ALL, ""),
                Duration.ofHours(1),
                KillSignal.SIGKILL,
                Optional.empty());
        FaultSchedule faults =
                FaultSchedule.attach(new FakeInjector(), Targets.choose(List.of(kill), cluster, random), Clock.SYSTEM);
        open.add(faults);
        Replacements replacements = start(faults);
        cluster.restart("p-1");
        cluster.come("p-2");
        replacements.look(notes::add);

        assertThat(notes).containsExactly("The container of pod p-1 restarted during the fault.");
    }

    @Test
    @DisplayName("what is on a container's cgroup ends with that container")
    void onCgroup() {
        FaultSchedule faults =
                attach(new PodPause(new Selection(Selector.parse("app=p"), Mode.ALL, ""), Duration.ofHours(1)));
        Replacements replacements = start(faults);
        cluster.restart("p-1");
        replacements.look(notes::add);

        assertThat(notes).containsExactly("The container of pod p-1 restarted during the fault.");
        assertThat(helper.asked()).endsWith("on f2");
    }

    @Test
    @DisplayName("a restart before it is none under it")
    void restartedBefore() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = replacements(faults);
        cluster.restart("p-1");
        faults.start();
        replacements.remember();
        replacements.look(notes::add);

        assertThat(notes).isEmpty();
    }

    @Test
    @DisplayName("a pod that cannot be hit at once is tried again, and both are noted")
    void retried() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        helper.reply("attach f3", "error code=not_found msg=no%20such%20container");
        helper.reply("attach f4", "error code=not_found msg=no%20such%20container");
        helper.reply("on f5", "error code=failed msg=busy");
        cluster.come("p-2");
        for (int look = 0; look < 5; look++) {
            replacements.look(notes::add);
        }

        assertThat(helper.asked())
                .endsWith("attach f3", "attach f4", "attach f5", "on f5", "detach f5", "attach f6", "on f6");
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0))
                .startsWith("Pod p-2 came later and could not be hit at once: ")
                .contains("no such container");
        assertThat(notes.get(1)).startsWith("Pod p-2 came later and was hit");
    }

    @Test
    @DisplayName("others may come; once it is over nobody is hit any more")
    void over() {
        FaultSchedule faults = attach(Mode.ALL);
        Replacements replacements = start(faults);
        faults.lift();
        cluster.go("p-0");
        cluster.come("p-2");
        replacements.look(notes::add);

        assertThat(helper.asked()).endsWith("off f1", "off f2");
        assertThat(notes).isEmpty();
    }

    private Replacements start(FaultSchedule faults) {
        Replacements replacements = replacements(faults);
        faults.start();
        replacements.remember();
        return replacements;
    }

    private Replacements replacements(FaultSchedule faults) {
        Replacements replacements = new Replacements(cluster, faults, random, Clock.SYSTEM);
        open.add(0, replacements);
        return replacements;
    }

    private static Fault panic(Mode mode) {
        return new GoPanic(
                new Selection(Selector.parse("app=p"), mode, ""),
                Duration.ofHours(1),
                new GoSite("main.f", "", ""),
                Calls.ALL);
    }

    private FaultSchedule attach(Mode mode) {
        return attach(new DnsChaos(
                new Selection(Selector.parse("app=p"), mode, ""),
                Duration.ofHours(1),
                List.of("a.b"),
                DnsAction.NXDOMAIN,
                List.of(),
                Set.of()));
    }

    private FaultSchedule attach(Fault fault) {
        FaultSchedule faults = FaultSchedule.attach(
                new HelperInjector(cluster, node -> helper),
                Targets.choose(List.of(fault), cluster, random),
                Clock.SYSTEM);
        open.add(faults);
        return faults;
    }
}
