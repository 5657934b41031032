// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsAnswer;
import dev.chaosjunit.fault.DnsChaos;
import dev.chaosjunit.fault.DnsType;
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Names;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.Place;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.quantity.Percent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An attach request")
class AttachRequestTests {
    private static final Instance POD =
            new Instance("p", "p", "p", Map.of(), "198.18.0.7", new Handle.LocalProcess(4711), "eth0", Map.of());
    private static final Selection ALL = new Selection(Selector.parse("app=p"), Mode.ALL, "");

    @Test
    @DisplayName("names a DNS fault's answer, names, types and addresses")
    void dns() {
        DnsChaos fault = new DnsChaos(
                ALL,
                Duration.ofSeconds(1),
                List.of("a.b", "*.c"),
                DnsAction.SPOOF,
                List.of("0.0.0.0", "::"),
                Set.of(DnsType.A, DnsType.AAAA));
        assertThat(line(SampleInjections.of(fault, POD, 9, Probing.NONE)))
                .isEqualTo("attach id=f1 pid=4711 dev=eth0 seed=9 kind=dnschaos action=spoof ip=0.0.0.0,::"
                        + " patterns=a.b,*.c types=A,AAAA");
    }

    @Test
    @DisplayName("names what is known of a DNS fault's names, and that connections are to be closed")
    void older() {
        DnsChaos fault = new DnsChaos(
                ALL,
                Duration.ofSeconds(1),
                new Names(List.of("a.b"), Escape.INCONCLUSIVE),
                new DnsAnswer(DnsAction.DROP, List.of()),
                Set.of(),
                new Percent(0.25),
                true,
                Percent.NONE);
        NamedServices named = new NamedServices(List.of("10.43.0.7", "fd00::7"), List.of());
        assertThat(line(new Injection(fault, List.of(), named, List.of(new Target(POD, 9, Probing.NONE)))))
                .endsWith(" action=drop patterns=a.b probability_ppm=250000 reconnect=1 address=10.43.0.7,fd00::7");
    }

    @Test
    @DisplayName("leaves out what a delay is not confined to")
    void plainDelay() {
        assertThat(line(SampleInjections.of(delay(PortRange.ANY, Protocol.ANY), POD, 9, Probing.NONE)))
                .isEqualTo("attach id=f1 pid=4711 dev=eth0 seed=9 kind=networkdelay latency_us=500000 jitter_us=100000"
                        + " correlation=12.5 direction=from");
    }

    @Test
    @DisplayName("names a delay's peers, ports and transport")
    void filteredDelay() {
        Injection injection = new Injection(
                delay(PortRange.parse("80-90"), Protocol.TCP),
                List.of(Cidr.parse("198.18.0.0/24"), Cidr.parse("fd00::1")),
                NamedServices.NONE,
                List.of(new Target(POD, 9, Probing.NONE)));
        assertThat(line(injection)).endsWith(" target=198.18.0.0/24,fd00::1/128 port=80-90 protocol=tcp");
    }

    @Test
    @DisplayName("names who probes the pod, and each probed port once")
    void probes() {
        Duration second = Duration.ofSeconds(1);
        Probing probing = new Probing(
                List.of(Probing.GATEWAY, "172.17.0.2"),
                List.of(
                        new Probing.Probe(8080, second, second),
                        new Probing.Probe(6060, second, second),
                        new Probing.Probe(8080, second.multipliedBy(10), second)),
                true);
        assertThat(line(SampleInjections.of(delay(PortRange.ANY, Protocol.ANY), POD, 9, probing)))
                .endsWith(
                        " correlation=12.5 direction=from prober=gateway,172.17.0.2 probed_port=8080,6060 probes=hit");
    }

    @Test
    @DisplayName("names where the pod's telemetry goes, which a fault on packets leaves alone, and no other touches")
    void spared() {
        Optional<InetSocketAddress> to = Optional.of(new InetSocketAddress("198.18.0.1", 40_318));
        List<Target> pods = List.of(new Target(POD, 9, Probing.NONE));
        NetworkDelay packets = delay(PortRange.ANY, Protocol.ANY);
        DnsChaos names = new DnsChaos(
                ALL, Duration.ofSeconds(1), List.of("a.b"), DnsAction.NXDOMAIN, List.of(), Set.of(DnsType.A));

        assertThat(line(new Injection(packets, List.of(), NamedServices.NONE, pods, to)))
                .endsWith(" direction=from spared=198.18.0.1 spared_port=40318");
        assertThat(line(new Injection(packets, List.of(), NamedServices.NONE, pods)))
                .doesNotContain("spared");
        assertThat(line(new Injection(names, List.of(), NamedServices.NONE, pods, to)))
                .doesNotContain("spared");
    }

    @Test
    @DisplayName("names a pod of a Kubernetes node by its container")
    void container() {
        String id = "ab".repeat(32);
        Instance pod =
                new Instance("p", "p", "p", Map.of(), "10.42.0.7", new Handle.Container("node", id), "eth0", Map.of());
        assertThat(line(SampleInjections.of(delay(PortRange.ANY, Protocol.ANY), pod, 9, Probing.NONE)))
                .startsWith("attach id=f1 container=" + id + " dev=eth0 seed=9 kind=networkdelay ");
    }

    private static String line(Injection injection) {
        return AttachRequest.of("f1", injection, injection.targets().get(0), new Place(Optional.empty()))
                .toLine();
    }

    private static NetworkDelay delay(PortRange port, Protocol protocol) {
        return new NetworkDelay(
                ALL,
                Duration.ofSeconds(1),
                new Latency(Duration.ofMillis(500), Duration.ofMillis(100)),
                new Percent(0.125),
                new Traffic(Direction.FROM, Optional.empty(), List.of(), port, protocol, Probes.HIT));
    }
}
