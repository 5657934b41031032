// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An injector")
class InjectorTests {
    private static final Cluster NOWHERE = new FixedCluster(List.of(), List.of());
    private static final Injection DNS = SampleInjections.dns(Duration.ofSeconds(1));
    private static final Injection DELAY = SampleInjections.delay(Duration.ofSeconds(1));

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final FakeHelper helper = new FakeHelper();
    private final Injector injector = new HelperInjector(NOWHERE, node -> helper);

    @Test
    @DisplayName("attaches each injection under an id of its own, also in a later experiment")
    void ids() {
        assertThat(injector.attach(List.of(DNS, DELAY)))
                .extracting(ActiveFault::fault)
                .containsExactly(DNS.fault(), DELAY.fault());
        injector.attach(List.of(DNS));

        assertThat(helper.asked()).containsExactly("attach f1", "attach f2", "attach f3");
    }

    @Test
    @DisplayName("makes one fault of a hundred pods, whose results stand below it")
    void manyPods() {
        List<Target> pods = IntStream.range(0, 100)
                .mapToObj(i -> new Target(SampleInjections.POD, i, Probing.NONE))
                .toList();
        ActiveFault fault = injector.attach(List.of(new Injection(DNS.fault(), List.of(), NamedServices.NONE, pods)))
                .get(0);
        fault.on();

        assertThat(fault.instances()).hasSize(100);
        assertThat(fault.witnesses()).hasSize(100);
    }

    @Test
    @DisplayName("lets no pod join a fault that is not on, and leaves nothing of it")
    void joinsNoFaultThatIsOff() {
        ActiveFault fault = injector.attach(List.of(DNS)).get(0);
        assertThat(fault.join(DNS)).isFalse();
        fault.on();
        assertThat(fault.join(DNS)).isTrue();
        fault.off();
        assertThat(fault.join(DNS)).isFalse();

        assertThat(fault.instances()).hasSize(2);
        assertThat(helper.asked())
                .containsExactly(
                        "attach f1",
                        "attach f2",
                        "detach f2",
                        "on f1",
                        "attach f3",
                        "on f3",
                        "off f1",
                        "off f3",
                        "attach f4",
                        "detach f4");
    }

    @Test
    @DisplayName("ends a fault on all of its pods, even where one fails, and tells of every failure")
    void endsOnAll() {
        helper.reply("off f1", "error code=failed msg=busy").reply("off f2", "error code=failed msg=busier");
        ActiveFault fault = injector.attach(List.of(DNS)).get(0);
        fault.on();
        fault.join(DNS);
        fault.join(DNS);

        assertThatThrownBy(fault::off)
                .hasMessageEndingWith("busy")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(helper.asked()).endsWith("off f1", "off f2", "off f3");
    }

    @Test
    @DisplayName("switches the nodes of a fault side by side: one that does not answer keeps no other waiting")
    void nodesSideBySide() {
        CountDownLatch lifted = new CountDownLatch(1);
        FakeHelper live = new FakeHelper();
        FakeHelper silent = new FakeHelper();
        Helper answering = new HookedHelper(live, lifted::countDown);
        Helper waiting =
                new HookedHelper(silent, () -> assertThat(waitFor(lifted)).isTrue());
        Injector nodes = new HelperInjector(NOWHERE, node -> node.equals("silent") ? waiting : answering);
        ActiveFault fault = nodes.attach(List.of(SampleInjections.on(DNS.fault(), "silent", "live", "silent")))
                .get(0);
        fault.on();
        silent.reply("off f1", "error code=failed msg=busy");

        assertThatThrownBy(fault::off).hasMessageEndingWith("busy");
        assertThat(live.asked()).containsExactly("attach f2", "on f2", "off f2");
        assertThat(silent.asked()).containsExactly("attach f1", "attach f3", "on f1", "on f3", "off f1", "off f3");
    }

    @Test
    @DisplayName("attaches to the nodes of a fault side by side, and to none where one fails")
    void attachesSideBySide() {
        CountDownLatch attached = new CountDownLatch(1);
        FakeHelper live = new FakeHelper();
        FakeHelper slow = new FakeHelper().reply("attach f3", "error code=failed msg=no%20memory");
        Helper answering = new HookedHelper(live, "attach", attached::countDown);
        Helper waiting = new HookedHelper(
                slow, "attach", () -> assertThat(waitFor(attached)).isTrue());
        Injector nodes = new HelperInjector(NOWHERE, node -> node.equals("slow") ? waiting : answering);

        assertThatThrownBy(() -> nodes.attach(List.of(SampleInjections.on(DNS.fault(), "slow", "live", "slow"))))
                .hasMessageEndingWith("no memory");
        assertThat(live.asked()).containsExactly("attach f2", "detach f2");
        assertThat(slow.asked()).containsExactly("attach f1", "attach f3", "detach f1");
    }

    @Test
    @DisplayName("tells how far apart a fault began on its nodes, and of one node nothing")
    void spread() {
        FakeHelper first = new FakeHelper();
        Helper late = new HookedHelper(
                new FakeHelper(), "on", () -> assertThat(pause()).isTrue());
        Injector nodes = new HelperInjector(NOWHERE, node -> node.equals("late") ? late : first);
        List<ActiveFault> faults = nodes.attach(List.of(
                SampleInjections.on(DNS.fault(), "first", "late"), SampleInjections.on(DNS.fault(), "first", "first")));
        faults.forEach(ActiveFault::on);

        assertThat(faults.get(0).spread()).hasValueSatisfying(spread -> {
            assertThat(spread.nodes()).isEqualTo(2);
            assertThat(spread.within()).isGreaterThanOrEqualTo(PAUSE);
        });
        assertThat(faults.get(1).spread()).isEmpty();
    }

    private static boolean pause() {
        return !waitFor(new CountDownLatch(1), PAUSE);
    }

    private static boolean waitFor(CountDownLatch latch) {
        return waitFor(latch, Duration.ofSeconds(20));
    }

    private static boolean waitFor(CountDownLatch latch, Duration most) {
        try {
            return latch.await(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("ends its helpers")
    void close() {
        injector.attach(List.of(DNS));
        injector.close();

        assertThat(helper.asked()).endsWith("close");
    }

    @Test
    @DisplayName("attaches all or none: where one fails, those before it are detached")
    void allOrNone() {
        helper.reply("attach f3", "error code=failed msg=no%20memory");

        assertThatThrownBy(() -> injector.attach(List.of(DNS, DELAY, DNS)))
                .isInstanceOf(InjectionException.class)
                .hasMessage(DNS.describe(DNS.targets().get(0)) + " cannot be injected: no memory");
        assertThat(helper.asked()).endsWith("attach f3", "detach f1", "detach f2");
    }

    @Test
    @DisplayName("detaches the others even if one cannot be detached, and tells of both failures")
    void cannotDetach() {
        helper.reply("attach f3", "error code=failed msg=no%20memory");
        helper.reply("detach f1", "error code=failed msg=busy");

        assertThatThrownBy(() -> injector.attach(List.of(DNS, DELAY, DNS)))
                .hasMessageEndingWith("no memory")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(
                                suppressed -> assertThat(suppressed).hasMessageEndingWith("\"detach\" failed: busy")));
        assertThat(helper.asked()).endsWith("detach f1", "detach f2");
    }

    @ParameterizedTest
    @CsvSource({
        "unsupported, MACHINE",
        "denied, MACHINE",
        "bad_request, TEST",
        "no_keeper, TEST",
        "no_listener, TEST",
        "narrow_listener, TEST",
        "no_container, FAILURE",
        "no_target, FAILURE",
        "gone, FAILURE",
        "failed, FAILURE"
    })
    @DisplayName("says who has to change something")
    void reason(String code, Cause reason) {
        helper.reply("attach", "error code=" + code + " msg=why");

        assertThatThrownBy(() -> injector.attach(List.of(DNS)))
                .asInstanceOf(type(InjectionException.class))
                .extracting(InjectionException::reason)
                .isEqualTo(reason);
    }
}
