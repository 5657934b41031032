// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chaosjunit.fault.Bursts;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.ConnectionReset;
import dev.chaosjunit.fault.Connections;
import dev.chaosjunit.fault.CorruptAction;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsType;
import dev.chaosjunit.fault.GoPanic;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.LoadOf;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PartitionAction;
import dev.chaosjunit.fault.PodPause;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Queue;
import dev.chaosjunit.fault.ResetTime;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What Chaos Mesh cannot do")
class UnsupportedTests {
    private static final Injection IPV6 = Faults.on(Faults.delay(Direction.TO, "", "fd00::/8"), "fd00::/8");

    private final Specs specs = new Specs(Faults.RUN);

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(
                        Faults.on(new GoPanic(
                                Faults.delay(Direction.TO, "").selection(),
                                Duration.ofSeconds(1),
                                new GoSite("main.f", "", ""),
                                Calls.ALL)),
                        "panic in main.f, 1s, on app=a (all): Chaos Mesh has nothing of the kind"),
                arguments(
                        Faults.on(new PodPause(Faults.delay(Direction.TO, "").selection(), Duration.ofSeconds(1))),
                        "pause, 1s, on app=a (all): Chaos Mesh has nothing of the kind"),
                arguments(
                        Faults.on(new ConnectionReset(
                                Faults.delay(Direction.TO, "").selection(),
                                Duration.ofSeconds(1),
                                ResetTime.AT_ONCE,
                                Connections.ALL,
                                new Traffic(
                                        Direction.BOTH,
                                        Optional.empty(),
                                        List.of(),
                                        PortRange.ANY,
                                        Protocol.TCP,
                                        Probes.HIT),
                                Percent.NONE)),
                        "reset of connections at once, both TCP, 1s, on app=a (all): Chaos Mesh has nothing of the kind"),
                arguments(
                        Faults.on(Faults.delay(PortRange.parse("8080"), Protocol.ANY)),
                        "@NetworkDelay(port): Chaos Mesh cannot do \"8080\": NetworkChaos holds packets of every port"),
                arguments(
                        Faults.on(Faults.delay(PortRange.ANY, Protocol.UDP)),
                        "@NetworkDelay(protocol): Chaos Mesh cannot do \"UDP\": NetworkChaos holds packets of every protocol"),
                arguments(
                        Faults.on(Faults.sparing()),
                        "@NetworkDelay(probes): Chaos Mesh cannot do \"SPARE\": NetworkChaos holds the kubelet's packets"),
                arguments(
                        Faults.on(Faults.ofOneRequest("4bf92f3577b34da6a3ce929d0e0e4736")),
                        "@NetworkDelay(trace): Chaos Mesh cannot do \"4bf92f3577b34da6a3ce929d0e0e4736\":"
                                + " NetworkChaos looks into no packet"),
                arguments(
                        Faults.on(Faults.delay(Direction.FROM, "")),
                        "@NetworkDelay(direction): Chaos Mesh cannot do \"FROM\": without target, NetworkChaos knows direction TO"),
                arguments(
                        Faults.on(Faults.delay(Direction.BOTH, "")),
                        "@NetworkDelay(direction): Chaos Mesh cannot do \"BOTH\": without target"),
                arguments(
                        Faults.on(Faults.delay(Direction.FROM, "app=b", "192.0.2.7"), "10.42.0.20", "192.0.2.7"),
                        "@NetworkDelay(externalTargets): Chaos Mesh cannot do \"192.0.2.7/32\": NetworkChaos takes addresses"
                                + " with direction TO only, not with FROM"),
                arguments(
                        Faults.on(Faults.delay(Direction.BOTH, "app=b"), "10.42.0.20", "10.43.7.7"),
                        "@NetworkDelay(direction): Chaos Mesh cannot do \"BOTH\": calls go to the target's Services at"
                                + " 10.43.7.7/32"),
                arguments(
                        IPV6,
                        "@NetworkDelay(externalTargets): Chaos Mesh cannot do \"fd00::/8\": NetworkChaos knows IPv4"),
                arguments(
                        Faults.on(Faults.delay(Direction.TO, "app=b"), "10.42.0.20", "fd00::7"),
                        "@NetworkDelay(target): Chaos Mesh cannot do \"fd00::7/128\": NetworkChaos knows IPv4"),
                arguments(
                        Faults.on(Faults.delay(Direction.TO, "", "0.0.0.0/0"), "0.0.0.0/0"),
                        "@NetworkDelay(externalTargets): Chaos Mesh cannot do \"0.0.0.0/0\": NetworkChaos takes prefixes of"),
                arguments(
                        Faults.on(Faults.delay(Faults.pods(Mode.FIXED_PERCENT, "12.5%"))),
                        "@NetworkDelay(value): Chaos Mesh cannot do \"12.5%\": percentages of pods are whole numbers"),
                arguments(
                        Faults.on(Faults.delay(Faults.pods(Mode.RANDOM_MAX_PERCENT, "0"))),
                        "@NetworkDelay(value): Chaos Mesh cannot do \"0\": percentages of pods are whole numbers"),
                arguments(
                        Faults.on(Faults.loss(
                                Optional.of(new Bursts(new Percent(0.1), 5, new Percent(1), Percent.NONE)))),
                        "@NetworkLoss(burst): Chaos Mesh cannot do \"5\": NetworkChaos loses packets one by one"),
                arguments(
                        Faults.on(Faults.damage(CorruptAction.DELIVERED)),
                        "@NetworkCorrupt(action): Chaos Mesh cannot do \"DELIVERED\": NetworkChaos damages packets after"),
                arguments(
                        Faults.on(Faults.down(KillSignal.SIGKILL)),
                        "@PodKill(signal): Chaos Mesh cannot do \"SIGKILL\": PodChaos has containers that are kept down ended"),
                arguments(
                        Faults.on(Faults.kill(Killed.CONTAINER, Optional.empty())),
                        "@PodKill(containerNames): Chaos Mesh cannot do \"\": PodChaos kills containers by their names"),
                arguments(
                        Faults.on(Faults.container(KillSignal.SIGTERM, "", false, "side")),
                        "@PodKill(signal): Chaos Mesh cannot do \"SIGTERM\": PodChaos kills containers by SIGKILL"),
                arguments(
                        Faults.on(Faults.container(KillSignal.SIGKILL, "2s", false, "side")),
                        "@PodKill(every): Chaos Mesh cannot do \"2s\": PodChaos kills once"),
                arguments(
                        Faults.on(Faults.container(KillSignal.SIGTERM, "", true, "side")),
                        "@PodKill(containerNames): Chaos Mesh cannot do \"side\": PodChaos keeps all containers"),
                arguments(
                        Faults.on(Faults.cpu(0.5, LoadOf.LIMIT)),
                        "@CpuStress(of): Chaos Mesh cannot do \"LIMIT\": StressChaos has load in percent of a processor"),
                arguments(
                        Faults.on(Faults.cpu(0.125, LoadOf.CPU)),
                        "@CpuStress(load): Chaos Mesh cannot do \"12.5%\": StressChaos has load in whole percent"),
                arguments(
                        Faults.on(Faults.memory("80%", false)),
                        "@MemoryStress(size): Chaos Mesh cannot do \"80% of the limit\": StressChaos takes percent of"),
                arguments(
                        Faults.on(Faults.memory("64MiB", true)),
                        "@MemoryStress(oom): Chaos Mesh cannot do \"true\": StressChaos does not say who is killed"),
                arguments(
                        Faults.on(Faults.partition(PartitionAction.REFUSE)),
                        "@NetworkPartition(action): Chaos Mesh cannot do \"REFUSE\": NetworkChaos drops the packets"),
                arguments(
                        Faults.on(Faults.dns(DnsAction.NXDOMAIN, "b")),
                        "@DnsChaos(action): Chaos Mesh cannot do \"NXDOMAIN\": DNSChaos answers SERVFAIL"),
                arguments(
                        Faults.on(Faults.dns(DnsAction.REFUSED, "b")),
                        "@DnsChaos(action): Chaos Mesh cannot do \"REFUSED\": DNSChaos answers SERVFAIL"),
                arguments(
                        Faults.on(Faults.dns(DnsAction.SPOOF, "b")),
                        "@DnsChaos(action): Chaos Mesh cannot do \"SPOOF\": DNSChaos answers SERVFAIL"),
                arguments(
                        Faults.on(Faults.dns(DnsAction.DROP, "b")),
                        "@DnsChaos(action): Chaos Mesh cannot do \"DROP\": DNSChaos answers SERVFAIL"),
                arguments(
                        Faults.on(Faults.dns(DnsAction.NODATA, "b")),
                        "@DnsChaos(action): Chaos Mesh cannot do \"NODATA\": DNSChaos answers SERVFAIL"),
                arguments(
                        Faults.on(Faults.dns(DnsAction.TRUNCATE, "b")),
                        "@DnsChaos(action): Chaos Mesh cannot do \"TRUNCATE\": DNSChaos answers SERVFAIL"),
                arguments(
                        Faults.on(Faults.lateDns()),
                        "@DnsChaos(action): Chaos Mesh cannot do \"DELAY\": DNSChaos answers SERVFAIL"),
                arguments(
                        Faults.on(Faults.dns(new Percent(0.5))),
                        "@DnsChaos(probability): Chaos Mesh cannot do \"50%\": DNSChaos answers every query alike"),
                arguments(
                        Faults.on(Faults.dns(Set.of(DnsType.A))),
                        "@DnsChaos(types): Chaos Mesh cannot do \"[A]\": DNSChaos answers queries of every type"),
                arguments(
                        Faults.on(Faults.dns(true, Percent.NONE)),
                        "@DnsChaos(reconnect): Chaos Mesh cannot do \"true\": DNSChaos leaves connections alone"),
                arguments(
                        Faults.on(Faults.dns(false, new Percent(0.2))),
                        "@DnsChaos(minTouched): Chaos Mesh cannot do \"20%\": it counts nothing that a fault meets"),
                arguments(
                        Faults.on(Faults.delay(Probes.HIT, new Percent(0.5))),
                        "@NetworkDelay(minTouched): Chaos Mesh cannot do \"50%\": it counts nothing that a fault meets"),
                arguments(
                        Faults.on(Faults.delay(Probes.HIT, new Queue(Optional.of(Size.parse("64MiB"))), Percent.NONE)),
                        "@NetworkDelay(queue): Chaos Mesh cannot do \"64MiB\": its queue is netem's, of 1000 packets"),
                arguments(
                        Faults.on(Faults.dns(DnsAction.SERVFAIL, "*.svc.cluster.local")),
                        "@DnsChaos(patterns): Chaos Mesh cannot do \"*.svc.cluster.local\": DNSChaos takes * at the end"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @DisplayName("is refused with element, value and what there is instead")
    void refused(Injection injection, String message) {
        InjectionException refusal = catchThrowableOfType(InjectionException.class, () -> specs.chosen(injection));

        assertThat(refusal).hasMessageStartingWith(message).hasMessageEndingWith(". chaos.engine=helper can.");
        assertThat(refusal.reason()).isEqualTo(Cause.TEST);
    }
}
