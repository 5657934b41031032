// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.PodPause;
import dev.chaosjunit.inject.Cut;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.HookedHelper;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.result.FaultResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A schedule of faults")
@Timeout(20)
class FaultScheduleTests {
    private static final Injection SHORT = SampleInjections.dns(Duration.ofMillis(50));
    private static final Injection MIDDLE = SampleInjections.delay(Duration.ofMillis(400));
    private static final Injection LONG = SampleInjections.delay(Duration.ofHours(1));

    private final FakeHelper helper = new FakeHelper();

    @Test
    @DisplayName("touches nothing before it is started")
    void attached() {
        try (FaultSchedule faults = attach(SHORT, MIDDLE)) {
            assertThat(helper.asked()).containsExactly("attach f1", "attach f2");
            assertThat(faults.targets()).singleElement().isEqualTo(SampleInjections.POD);
        }
        assertThat(helper.asked()).endsWith("detach f1", "detach f2").hasSize(4);
    }

    @Test
    @DisplayName("lifts each fault after its own duration, while the test goes on")
    void ownDuration() throws InterruptedException {
        try (FaultSchedule faults = attach(MIDDLE, SHORT)) {
            long start = System.nanoTime();
            faults.start();
            assertThat(faults.await()).isEmpty();

            assertThat(faults.liftedNanos() - start)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(400).toNanos());
            assertThat(helper.asked()).endsWith("on f1", "on f2", "off f2", "off f1");
            assertThat(FaultWitness.pods(faults.witnesses()))
                    .extracting(FaultResult::counters)
                    .extracting("drained")
                    .containsExactly(3L, 3L);
        }
    }

    @Test
    @DisplayName("knows which pods stand still, as long as they do")
    void paused() {
        PodPause pause = new PodPause(LONG.fault().selection(), Duration.ofHours(1));
        try (FaultSchedule faults = attach(LONG, SampleInjections.of(pause, SampleInjections.POD))) {
            assertThat(faults.paused()).isEmpty();
            faults.start();
            assertThat(faults.paused()).containsExactly(SampleInjections.POD);
            faults.lift();
            assertThat(faults.paused()).isEmpty();
        }
    }

    @Test
    @DisplayName("lifts a fault in its time, though another one's node does not answer; and all side by side before it")
    void nodeDoesNotAnswer() throws InterruptedException {
        liftsThoughOneNodeIsSilent(faults -> {});
        liftsThoughOneNodeIsSilent(FaultSchedule::lift);
    }

    private static void liftsThoughOneNodeIsSilent(Consumer<FaultSchedule> lift) throws InterruptedException {
        CountDownLatch lifted = new CountDownLatch(2);
        FakeHelper live = new FakeHelper();
        FakeHelper silent = new FakeHelper();
        Helper answering = new HookedHelper(live, lifted::countDown);
        Helper waiting =
                new HookedHelper(silent, () -> assertThat(opens(lifted)).isTrue());
        HelperInjector nodes = new HelperInjector(
                new FixedCluster(List.of(), List.of()), node -> node.equals("silent") ? waiting : answering);
        List<Injection> both = List.of(
                SampleInjections.on(SHORT.fault(), "silent", "live"),
                SampleInjections.on(MIDDLE.fault(), "silent", "live"));
        try (FaultSchedule faults = FaultSchedule.attach(nodes, both, Clock.SYSTEM)) {
            faults.start();
            assertThat(faults.spreads())
                    .hasSize(2)
                    .allMatch(spread -> spread.startsWith("It began on 2 nodes within "));
            lift.accept(faults);
            assertThat(faults.await()).isEmpty();
        }
        assertThat(live.asked()).filteredOn(asked -> asked.startsWith("off")).hasSize(2);
        assertThat(silent.asked()).filteredOn(asked -> asked.startsWith("off")).hasSize(2);
    }

    private static boolean opens(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("can be lifted before its time; a fault is never lifted twice")
    void early() throws InterruptedException {
        try (FaultSchedule faults = attach(SHORT, LONG)) {
            faults.start();
            faults.lift();
            assertThat(faults.await()).isEmpty();
            faults.lift();
            Thread.sleep(100); // the short one's time comes, and it is off already

            assertThat(helper.asked()).endsWith("on f2", "off f1", "off f2");
        }
    }

    @Test
    @DisplayName("detaches at once when closed in mid-fault, and holds up nobody who waits for the end")
    void closed() throws InterruptedException {
        FaultSchedule faults = attach(LONG, LONG);
        faults.start();
        faults.close();

        assertThat(faults.await()).isEmpty();
        assertThat(helper.asked()).endsWith("on f2", "detach f1", "detach f2");
    }

    @Test
    @DisplayName("tells of a helper that is gone, and then has nothing to detach")
    void gone() throws InterruptedException {
        helper.reply("off", "error code=gone msg=The%20helper%20ended.");
        helper.reply("detach", "error code=gone msg=The%20helper%20ended.");
        try (FaultSchedule faults = attach(SHORT)) {
            faults.start();

            assertThat(faults.await())
                    .get()
                    .satisfies(failure -> assertThat(failure)
                            .hasMessage(SHORT.fault().describe() + ", pod p-0: \"off\" failed: The helper ended."));
        }
    }

    @Test
    @DisplayName("does not mind a fault that the helper no longer knows")
    void unknown() {
        helper.reply("detach", "error code=unknown_id msg=no%20such%20fault");
        attach(SHORT).close();

        assertThat(helper.asked()).endsWith("detach f1");
    }

    @Test
    @DisplayName("does not fail for a helper that does not answer any more: its faults are over with it")
    void silent() {
        helper.reply("detach f1", "error code=timeout msg=no%20answer%20within%2030%20s");
        attach(SHORT, SHORT).close();

        assertThat(helper.asked()).endsWith("detach f1", "detach f2");
    }

    @Test
    @DisplayName("detaches all faults even if one of them cannot be")
    void cannotDetach() throws InterruptedException {
        helper.reply("detach f1", "error code=failed msg=busy");
        FaultSchedule faults = attach(LONG, LONG);
        faults.start();

        assertThatThrownBy(faults::close)
                .isInstanceOf(InjectionException.class)
                .hasMessageEndingWith("\"detach\" failed: busy");
        assertThat(helper.asked()).endsWith("detach f1", "detach f2");
        assertThat(faults.await()).isEmpty();
    }

    @Test
    @DisplayName("lets a pod join at once, and lifts its fault with the others of its kind")
    void join() throws InterruptedException {
        try (FaultSchedule faults = attach(MIDDLE)) {
            faults.start();
            assertThat(faults.join(MIDDLE)).isTrue();
            assertThat(faults.await()).isEmpty();

            assertThat(helper.asked()).containsExactly("attach f1", "on f1", "attach f2", "on f2", "off f1", "off f2");
            assertThat(FaultWitness.pods(faults.witnesses())).hasSize(2);
        }
        assertThat(helper.asked()).endsWith("detach f1", "detach f2");
    }

    @Test
    @DisplayName("asks nothing for a pod that comes when its fault is over, and does not count it as hit")
    void joinTooLate() {
        try (FaultSchedule faults = attach(SHORT, LONG)) {
            faults.start();
            faults.lift();

            assertThat(faults.join(SHORT)).isFalse();
            assertThat(helper.asked()).endsWith("off f1", "off f2");
            assertThat(FaultWitness.pods(faults.witnesses())).hasSize(2);
        }
    }

    @Test
    @DisplayName("lets nobody join once it is closed")
    void joinClosed() {
        FaultSchedule faults = attach(LONG);
        faults.start();
        faults.close();

        assertThat(faults.join(LONG)).isFalse();
        assertThat(helper.asked()).endsWith("on f1", "detach f1");
    }

    @Test
    @DisplayName("leaves nothing of a pod whose fault cannot be switched on")
    void joinFails() {
        helper.reply("on f2", "error code=failed msg=busy");
        try (FaultSchedule faults = attach(LONG)) {
            faults.start();

            assertThatThrownBy(() -> faults.join(LONG))
                    .isInstanceOf(InjectionException.class)
                    .hasMessageEndingWith("\"on\" failed: busy");
            assertThat(helper.asked()).endsWith("on f2", "detach f2");
            assertThat(FaultWitness.pods(faults.witnesses())).hasSize(1);
        }
    }

    @Test
    @DisplayName("lets a pod join its own fault, and knows the pods of each")
    void joinsItsOwn() {
        try (FaultSchedule faults = attach(LONG, SHORT)) {
            faults.start();
            faults.lift();
            assertThat(faults.join(LONG)).isFalse();
        }
        try (FaultSchedule faults = attach(SHORT, LONG)) {
            faults.start();
            assertThat(faults.join(LONG)).isTrue();

            assertThat(faults.targets(LONG.fault())).hasSize(2);
            assertThat(faults.targets(SHORT.fault())).hasSize(1);
            assertThat(faults.witnesses())
                    .extracting(FaultWitness::pods)
                    .last()
                    .asInstanceOf(LIST)
                    .hasSize(2);
        }
    }

    @Test
    @DisplayName("lasts for a share of its time where it is a repetition, and tells what connections it closed")
    void scaled() throws InterruptedException {
        helper.reply("on", "ok closed=3");
        try (FaultSchedule faults = attach(LONG)) {
            faults.start(1e-5); // 36 ms
            assertThat(faults.await()).isEmpty();
            assertThat(faults.cuts()).extracting(Cut::pod, Cut::connections).containsExactly(tuple("p-0", 3L));
        }
    }

    @Test
    @DisplayName("tells which lives its kills ended, and that nobody joins a kill")
    void kills() {
        helper.reply("attach", "ok mechanism=signal pid=17")
                .reply("stats", "ok seen=1 matched=1 hit=1 ended=no t_on_ns=7 t_first_hit_ns=9");
        Fault kill = new PodKill(LONG.fault().selection(), Duration.ofHours(1), KillSignal.SIGKILL, Optional.empty());
        Injection injection = SampleInjections.of(kill, SampleInjections.POD);
        try (FaultSchedule faults = attach(injection)) {
            assertThat(faults.killed()).isEmpty();
            faults.start();

            assertThat(faults.killed()).containsExactly(SampleInjections.POD.handle());
            assertThat(faults.join(injection)).isFalse();
        }
    }

    private FaultSchedule attach(Injection... injections) {
        HelperInjector injector = new HelperInjector(new FixedCluster(List.of(), List.of()), node -> helper);
        return FaultSchedule.attach(injector, List.of(injections), Clock.SYSTEM);
    }
}
