// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosFault;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsType;
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.FaultKind;
import dev.chaosjunit.fault.FaultKinds;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Names;
import dev.chaosjunit.fault.Place;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Scope;
import dev.chaosjunit.fault.Share;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.quantity.Percent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A kind of fault")
class KindsOfFaultTests {
    private static final FaultKinds KINDS = FaultKinds.found(KindsOfFaultTests.class.getClassLoader());

    @Test
    @DisplayName("has one name: that of its annotation, its record and its registration")
    void oneName() throws ClassNotFoundException {
        List<FaultKind> ours = KINDS.all().stream()
                .filter(kind -> kind.getClass().getPackageName().equals(Fault.class.getPackageName()))
                .toList();
        assertThat(ours).hasSizeGreaterThan(4);
        for (FaultKind kind : ours) {
            assertThat(kind.getClass().getDeclaringClass().getSimpleName()).isEqualTo(kind.name());
            assertThat(Class.forName("dev.chaosjunit." + kind.name())).hasAnnotation(ChaosFault.class);
        }
    }

    @Test
    @DisplayName("reads a delay of packets")
    void networkDelay() {
        Fault fault = only(SlowNetwork.class);

        assertThat(fault.describe())
                .isEqualTo("delay 100ms ± 20ms, correlation 25%, both app=b port 80-90 UDP, probes spared, 5s, on app=a"
                        + " in shop (fixed-percent 50)");
        assertThat(fault.traffic()).hasValueSatisfying(packets -> {
            assertThat(packets.externalTargets()).hasSize(2);
            assertThat(packets.meetsProbes()).isFalse();
        });
        assertThat(fault.latency())
                .hasValueSatisfying(delay -> assertThat(delay.millis()).isEqualTo(100));
        assertThat(fault.minTouched()).hasToString("20%");
        assertThat(fault).extracting(Fault::unit, Fault::scope).containsExactly(Unit.PACKET, Scope.NETWORK);
    }

    @Test
    @DisplayName("reads wrong answers to queries")
    void dns() {
        Fault fault = only(WrongNames.class);

        assertThat(fault.describe())
                .isEqualTo(
                        "DNS SPOOF 192.0.2.1,::1 for a.b, *.c (A,AAAA), 50% of the queries, older connections closed, 5s,"
                                + " on app=a (all)");
        assertThat(fault.names()).contains(new Names(List.of("a.b", "*.c"), Escape.INCONCLUSIVE));
        assertThat(fault.share()).contains(new Share(new Percent(0.5)));
        assertThat(fault.traffic()).isEmpty();
        assertThat(fault.latency()).isEmpty();
        assertThat(fault.minTouched()).hasToString("5%");
        assertThat(fault).extracting(Fault::unit, Fault::scope).containsExactly(Unit.QUERY, Scope.NETWORK);
    }

    @Test
    @DisplayName("reads late answers to queries")
    void lateNames() {
        Fault fault = only(LateNames.class);

        assertThat(fault.describe()).isEqualTo("DNS DELAY 300ms ± 50ms for auth-*, 5s, on app=a (all)");
        assertThat(fault.latency())
                .hasValueSatisfying(late -> assertThat(late.millis()).isEqualTo(300));
        assertThat(fault.words(new Place(Optional.empty())).values())
                .containsEntry("latency_us", "300000")
                .containsEntry("jitter_us", "50000");
    }

    @Test
    @DisplayName("reads a panic in a function")
    void panic() {
        Fault fault = only(Panicking.class);

        assertThat(fault.describe())
                .isEqualTo("panic in main.f, goroutines labelled tenant=x, goroutines of main.serve, 1% of the calls,"
                        + " after the first 3, at most 7 times, 5s, on app=a (all)");
        assertIsInProcess(fault);
        assertThat(fault.latency()).isEmpty();
    }

    @Test
    @DisplayName("reads a delay of a function")
    void goDelay() {
        Fault fault = only(SlowFunction.class);

        assertThat(fault.describe()).isEqualTo("delay 5ms in main.f, 5s, on app=a (all)");
        assertIsInProcess(fault);
        assertThat(fault.latency()).isPresent();
    }

    @Test
    @DisplayName("reads an error of io_uring, at once or late")
    void ringError() {
        Fault fault = only(FailingRing.class);

        assertThat(fault.describe()).isEqualTo("io_uring read fails with EIO, 5s, on app=a (all)");
        assertIsInProcess(fault);
        assertThat(fault.latency()).isEmpty();
        assertThat(fault.words(new Place(Optional.of("/k"))).values()).containsEntry("keeper", "/k");
    }

    @Test
    @DisplayName("reads a completion of io_uring that comes late")
    void ringDelay() {
        assertThat(only(SlowRing.class).describe()).isEqualTo("io_uring read delayed 5ms, 5s, on app=a (all)");
    }

    private static void assertIsInProcess(Fault fault) {
        assertThat(fault.traffic()).isEmpty();
        assertThat(fault.names()).isEmpty();
        assertThat(fault.minTouched()).hasToString("5%");
        assertThat(fault).extracting(Fault::unit, Fault::scope).containsExactly(Unit.CALL, Scope.PROCESS);
    }

    private static Fault only(Class<?> place) {
        List<Fault> faults = new AnnotatedFaults(KINDS).read(new AnnotatedPlaces(List.of(place)));
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    @NetworkDelay(
            selector = "app=a",
            namespaces = "shop",
            latency = "100ms",
            jitter = "20ms",
            correlation = "25%",
            direction = Direction.BOTH,
            target = "app=b",
            externalTargets = {"10.0.0.0/8", "fd00::1"},
            port = "80-90",
            protocol = Protocol.UDP,
            probes = Probes.SPARE,
            mode = Mode.FIXED_PERCENT,
            value = "50",
            duration = "5s",
            minTouched = "20%")
    private static final class SlowNetwork {}

    @DnsChaos(
            selector = "app=a",
            patterns = {"a.b", "*.c"},
            action = DnsAction.SPOOF,
            ip = {"192.0.2.1", "::1"},
            types = {DnsType.AAAA, DnsType.A},
            probability = "50%",
            reconnect = true,
            duration = "5s",
            minTouched = "5%")
    private static final class WrongNames {}

    @DnsChaos(
            selector = "app=a",
            patterns = "auth-*",
            action = DnsAction.DELAY,
            latency = "300ms",
            jitter = "50ms",
            duration = "5s")
    private static final class LateNames {}

    @GoPanic(
            selector = "app=a",
            function = "main.f",
            label = "tenant=x",
            goroutine = "main.serve",
            probability = "1%",
            after = 3,
            count = 7,
            duration = "5s",
            minTouched = "5%")
    private static final class Panicking {}

    @GoDelay(selector = "app=a", function = "main.f", latency = "5ms", duration = "5s", minTouched = "5%")
    private static final class SlowFunction {}

    @IoUringFault(
            selector = "app=a",
            operation = IoUringOperation.READ,
            action = IoUringAction.ERROR,
            errno = "EIO",
            duration = "5s",
            minTouched = "5%")
    private static final class FailingRing {}

    @IoUringFault(
            selector = "app=a",
            operation = IoUringOperation.READ,
            action = IoUringAction.DELAY,
            latency = "5ms",
            duration = "5s")
    private static final class SlowRing {}
}
