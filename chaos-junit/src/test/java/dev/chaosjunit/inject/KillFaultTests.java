// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodContainer;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.FaultResult.Counters;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Kills of a pod")
class KillFaultTests {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeHelper helper = new FakeHelper()
            .reply("attach", "ok mechanism=signal pid=17")
            .reply("stats", "ok seen=1 matched=1 hit=1 ended=no t_on_ns=7 t_first_hit_ns=9");
    private final FakeClock clock = new FakeClock();
    private final ChangingCluster cluster = new ChangingCluster("p-0");

    private final HelperInjector injector = new HelperInjector(cluster, node -> helper, clock);

    @Test
    @DisplayName("are made ready at once, and come when each is due, to the life that there is")
    void comeWhenDue() {
        ActiveFault fault = attach(Duration.ofSeconds(3), Optional.of(SECOND));
        assertThat(helper.asked()).containsExactly("attach f1");

        fault.on();
        cluster.restart("p-0", "second");
        clock.pass(Duration.ofMillis(1500));
        cluster.restart("p-0", "third");
        clock.pass(Duration.ofSeconds(5));
        fault.off();

        assertThat(helper.asked())
                .containsExactly(
                        "attach f1",
                        "on f1",
                        "stats f1",
                        "detach f1",
                        "attach f2",
                        "on f2",
                        "stats f2",
                        "detach f2",
                        "attach f3",
                        "on f3",
                        "stats f3",
                        "detach f3");
        assertThat(helper.lines().get(8)).isEqualTo("attach id=f3 container=third seed=1 kind=podkill signal=kill");
        assertThat(fault.killed()).containsExactly(life("first"), life("second"), life("third"));
    }

    @Test
    @DisplayName("are told with those that were possible, the ends that were seen, and the restart count")
    void told() {
        ActiveFault fault = attach(Duration.ofSeconds(3), Optional.of(SECOND));
        fault.on();
        cluster.end(new PodEnd(
                "p-0",
                "uid-p-0",
                "p",
                life("first"),
                PodEnd.how(137),
                clock.nanoTime(),
                Duration.ZERO,
                List.of(),
                false));
        cluster.go("p-0");
        clock.pass(Duration.ofMillis(1500));
        cluster.restart("p-0", "second");
        clock.pass(SECOND);

        FaultResult result = fault.witnesses().get(0);
        assertThat(result.counters()).isEqualTo(new Counters(3, 2, 1, 0, 0, null, 0));
        assertThat(result.detail())
                .isEqualTo("kills asked for 3, possible 2, ends seen 1; restart count 0 → 1;"
                        + " at 0s pid 17: exit code 137 (signal 9, SIGKILL); at 2s pid 17: it did not end;"
                        + " not possible, the last time: its container was not running");
        assertThat(result.witness()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("prove nothing where no process ended, or none was there")
    void nothing() {
        ActiveFault deaf = attach(SECOND, Optional.empty());
        deaf.on();
        assertThat(deaf.witnesses().get(0).witness()).isEqualTo(Outcome.INCONCLUSIVE);

        helper.reply("stats", "ok seen=1 matched=0 hit=0 ended=yes");
        ActiveFault late = attach(SECOND, Optional.empty());
        late.on();
        assertThat(late.killed()).isEmpty();
        assertThat(late.witnesses().get(0).detail()).endsWith("not possible, the last time: its process had ended");
    }

    @Test
    @DisplayName("end with the fault, and leave nothing of one that was never on")
    void off() {
        ActiveFault fault = attach(Duration.ofSeconds(3), Optional.of(SECOND));
        fault.on();
        fault.off();
        clock.pass(Duration.ofSeconds(5));
        fault.close();
        attach(SECOND, Optional.empty()).close();

        assertThat(helper.asked())
                .containsExactly("attach f1", "on f1", "stats f1", "detach f1", "attach f2", "detach f2");
    }

    @Test
    @DisplayName("are refused where a process cannot be had before anything begins; a later one is not possible then")
    void refused() {
        helper.reply("attach f1", "error code=no_target msg=gone");
        assertThatThrownBy(() -> attach(SECOND, Optional.empty()))
                .hasMessage("kill by SIGKILL, 1s, on app=p (all), pod p-0 cannot be injected: gone");

        helper.reply("attach f3", "error code=no_target msg=gone");
        ActiveFault fault = attach(Duration.ofSeconds(2), Optional.of(SECOND));
        fault.on();
        clock.pass(SECOND);
        assertThat(fault.witnesses().get(0).counters()).isEqualTo(new Counters(2, 1, 0, 0, 0, null, 0));
        assertThat(fault.witnesses().get(0).detail()).endsWith("cannot be injected: gone");
    }

    @Test
    @DisplayName("go on where nobody could tell for a moment which pods run, and say so")
    void unseen() {
        ActiveFault fault = attach(Duration.ofSeconds(3), Optional.of(SECOND));
        fault.on();
        cluster.unreachable = true;
        clock.pass(Duration.ofMillis(1500));
        cluster.unreachable = false;
        cluster.restart("p-0", "third");
        clock.pass(SECOND);

        assertThat(fault.killed()).containsExactly(life("first"), life("third"));
        assertThat(fault.witnesses().get(0).counters()).isEqualTo(new Counters(3, 2, 0, 0, 0, null, 0));
        assertThat(fault.witnesses().get(0).detail()).endsWith("not possible, the last time: nobody answers");
    }

    @Test
    @DisplayName("delete it, once and for good, and tell of the one that came in its place")
    void deletion() {
        PodKill kill = new PodKill(
                new Selection(Selector.parse("app=p"), Mode.ALL, ""),
                SECOND,
                Killed.POD,
                KillSignal.SIGKILL,
                Optional.empty(),
                false,
                Optional.of(Duration.ofSeconds(30)),
                List.of());
        ActiveFault fault = injector.attach(
                        List.of(SampleInjections.of(kill, cluster.instances().get(0))))
                .get(0);
        assertThat(fault.killed()).isEmpty();
        fault.on();
        cluster.come("p-1");
        clock.pass(Duration.ofSeconds(5));
        fault.off();

        assertThat(helper.asked()).isEmpty();
        assertThat(cluster.deletions).containsExactly("p-0 PT30S");
        assertThat(fault.killed()).containsExactly(life("first"));
        assertThat(fault.witnesses().get(0).detail())
                .isEqualTo("deleted with a grace period of 30s; in its place came p-1");
        assertThat(fault.witnesses().get(0).witness()).isEqualTo(Outcome.PASSED);

        cluster.come("p-0");
        assertThat(fault.witnesses().get(0).witness()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("keep it down from before its end until the fault is over, also where that is the end of everything")
    void keptDown() {
        ActiveFault fault = keepDown();
        fault.on();
        assertThat(cluster.deletions).containsExactly("p-0 p kept down");
        fault.off();
        assertThat(cluster.deletions).containsExactly("p-0 p kept down", "p-0 p released");
        fault.close();
        assertThat(cluster.deletions).hasSize(2);

        keepDown().close();
        ActiveFault closed = keepDown();
        closed.on();
        closed.close();
        assertThat(cluster.deletions)
                .endsWith("p-0 p kept down", "p-0 p released")
                .hasSize(4);
    }

    @Test
    @DisplayName("are those of a life that came while it was to be down, too, and of none before or after")
    void endsWhileDown() {
        ActiveFault fault = keepDown();
        end("early");
        fault.on();
        end("once-more");
        fault.off();
        end("late");

        assertThat(fault.killed()).containsExactly(life("first"), life("once-more"));
    }

    private static PodEnd end(String container, String life) {
        return new PodEnd(
                "p-0",
                "uid-p-0",
                container,
                life(life),
                PodEnd.how(137),
                System.nanoTime(),
                Duration.ZERO,
                List.of(),
                false);
    }

    private void end(String life) {
        cluster.end(new PodEnd(
                "p-0", "uid-p-0", "p", life(life), "exit code 0", System.nanoTime(), Duration.ZERO, List.of(), false));
    }

    @Test
    @DisplayName("leave it to a kubelet that ends what is kept down by itself, and count that")
    void endsItself() {
        cluster.endsIt = true;
        ActiveFault fault = keepDown();
        fault.on();
        end("first");

        assertThat(helper.asked()).containsExactly("attach f1", "detach f1");
        assertThat(fault.killed()).containsExactly(life("first"));
        assertThat(fault.witnesses().get(0).counters()).isEqualTo(new Counters(1, 1, 1, 0, 0, null, 0));
    }

    @Test
    @DisplayName("are of the containers that are named, and of no other, whose ends are another matter")
    void ofContainers() {
        Handle side = life("side-1");
        cluster.sidecars = List.of(new PodContainer("side", Optional.of(side), 3));
        ActiveFault fault = attach(named("side"));
        fault.on();
        cluster.end(end("p", "first"));
        cluster.end(end("side", "side-1"));
        cluster.sidecars = List.of(new PodContainer("side", Optional.of(life("side-2")), 4));
        fault.off();

        assertThat(helper.lines().get(0)).isEqualTo("attach id=f1 container=side-1 seed=1 kind=podkill signal=kill");
        assertThat(cluster.deletions).containsExactly("p-0 side kept down", "p-0 side released");
        assertThat(fault.killed()).containsExactly(side);
        assertThat(fault.instances()).extracting(Instance::handle).containsExactly(life("first"));
        assertThat(fault.witnesses().get(0).detail())
                .startsWith("container side: kills asked for 1, possible 1, ends seen 1; restart count 3 → 4; ");
    }

    @Test
    @DisplayName("are of several containers of a pod, each with its own result")
    void ofSeveralContainers() {
        cluster.sidecars = List.of(new PodContainer("side", Optional.of(life("side-1")), 0));
        ActiveFault fault = attach(named("side", "p"));
        fault.on();

        assertThat(fault.killed()).containsExactly(life("side-1"), life("first"));
        assertThat(fault.instances()).hasSize(1);
        assertThat(fault.witnesses())
                .extracting(result -> result.detail().split(":", 2)[0])
                .containsExactly("container side", "container p");
    }

    @Test
    @DisplayName("are refused of a container that a pod has not, or that does not run, before any other is made ready")
    void noSuchContainer() {
        assertThatThrownBy(() -> attach(named("p", "side")))
                .hasMessage("@PodKill(containerNames): pod p-0 has no container side but [p]");
        assertThat(helper.asked()).isEmpty();

        cluster.sidecars = List.of(new PodContainer("side", Optional.empty(), 0));
        assertThatThrownBy(() -> attach(named("side")))
                .hasMessageEndingWith("on app=p (all), pod p-0: its container side does not run");
    }

    private static PodKill named(String... containers) {
        return new PodKill(
                new Selection(Selector.parse("app=p"), Mode.ALL, ""),
                SECOND,
                Killed.CONTAINER,
                KillSignal.SIGKILL,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(containers));
    }

    @Test
    @DisplayName("release all pods even where one cannot be")
    void releaseAll() {
        cluster.come("p-1");
        cluster.sticks = "p-0";
        ActiveFault fault = attach(down());
        fault.on();

        assertThatThrownBy(fault::off)
                .hasMessage(
                        "kill by SIGKILL and kept down, 1s, on app=p (all), pod p-0: its container p is kept down still: forbidden");
        assertThat(cluster.deletions).endsWith("p-1 p released");
    }

    @Test
    @DisplayName("leave nothing ready of one pod because that of another cannot be taken away")
    void closeAll() {
        cluster.come("p-1");
        cluster.come("p-2");
        helper.reply("detach f1", "error code=failed msg=busy").reply("detach f2", "error code=failed msg=full");
        ActiveFault fault = attachAll();

        assertThatThrownBy(fault::close)
                .hasMessageEndingWith("busy")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessageEndingWith("full")));
        assertThat(helper.asked()).endsWith("detach f1", "detach f2", "detach f3");
    }

    @Test
    @DisplayName("say why one pod cannot be had, even where what was made ready of another cannot be taken away")
    void refusedOfSeveral() {
        cluster.come("p-1");
        helper.reply("attach f2", "error code=no_target msg=gone").reply("detach f1", "error code=failed msg=busy");

        assertThatThrownBy(this::attachAll).hasMessageEndingWith("pod p-1 cannot be injected: gone");
        assertThat(helper.asked()).containsExactly("attach f1", "attach f2", "detach f1");
    }

    private ActiveFault attachAll() {
        Selection all = new Selection(Selector.parse("app=p"), Mode.ALL, "");
        return attach(new PodKill(all, SECOND, KillSignal.SIGKILL, Optional.empty()));
    }

    private ActiveFault attach(PodKill kill) {
        List<Target> all = cluster.instances().stream()
                .map(pod -> new Target(pod, 1, Probing.NONE))
                .toList();
        return injector.attach(List.of(new Injection(kill, List.of(), NamedServices.NONE, all)))
                .get(0);
    }

    private ActiveFault keepDown() {
        return injector.attach(
                        List.of(SampleInjections.of(down(), cluster.instances().get(0))))
                .get(0);
    }

    private static PodKill down() {
        return new PodKill(
                new Selection(Selector.parse("app=p"), Mode.ALL, ""),
                SECOND,
                Killed.CONTAINER,
                KillSignal.SIGKILL,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of());
    }

    private static Handle life(String id) {
        return new Handle.Container("node", id);
    }

    private ActiveFault attach(Duration duration, Optional<Duration> every) {
        PodKill kill =
                new PodKill(new Selection(Selector.parse("app=p"), Mode.ALL, ""), duration, KillSignal.SIGKILL, every);
        return injector.attach(
                        List.of(SampleInjections.of(kill, cluster.instances().get(0))))
                .get(0);
    }
}
