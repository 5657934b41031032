// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.DelayFault;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsFault;
import dev.chaosjunit.fault.DnsType;
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Faults, and pods they are meant for. */
final class Faults {
    static final Instance A0 = pod("a-0", "a", "10.42.0.10");
    static final Instance A1 = pod("a-1", "a", "10.42.0.11");
    static final Instance B0 = pod("b-0", "b", "10.42.0.20");
    static final List<Instance> PODS = List.of(A0, A1, B0);

    private Faults() {}

    static Instance pod(String name, String app, String address) {
        Handle handle = new Handle.Container("node", "0".repeat(64));
        return new Instance(name, name, app, Map.of("app", app), address, handle, "eth0", Map.of());
    }

    static Selection pods(Mode mode, String value) {
        return new Selection(Selector.parse("app=a"), mode, value);
    }

    /** Half a second on everything that the pods of a send. */
    static DelayFault delay() {
        return delay(pods(Mode.ALL, ""), Direction.TO, "", PortRange.ANY, Protocol.ANY);
    }

    static DelayFault delay(Selection selection) {
        return delay(selection, Direction.TO, "", PortRange.ANY, Protocol.ANY);
    }

    static DelayFault delay(Direction direction, String target, String... external) {
        return delay(pods(Mode.ALL, ""), direction, target, PortRange.ANY, Protocol.ANY, external);
    }

    static DelayFault delay(PortRange port, Protocol protocol) {
        return delay(pods(Mode.ALL, ""), Direction.TO, "", port, protocol);
    }

    static DelayFault sparing() {
        return delay(Probes.SPARE, Percent.NONE);
    }

    static DelayFault delay(Probes probes, Percent minTouched) {
        DelayFault hits = delay(Direction.TO, "");
        return new DelayFault(
                hits.selection(),
                hits.duration(),
                hits.latency(),
                hits.jitter(),
                hits.correlation(),
                hits.direction(),
                hits.target(),
                hits.externalTargets(),
                hits.port(),
                hits.protocol(),
                probes,
                minTouched);
    }

    private static DelayFault delay(
            Selection selection,
            Direction direction,
            String target,
            PortRange port,
            Protocol protocol,
            String... external) {
        return new DelayFault(
                selection,
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofNanos(1_500_999),
                new Percent(0.255),
                direction,
                target.isEmpty() ? Optional.empty() : Optional.of(Selector.parse(target)),
                Stream.of(external).map(Cidr::parse).toList(),
                port,
                protocol);
    }

    static DnsFault dns(DnsAction action, String... patterns) {
        List<String> ips = action == DnsAction.SPOOF ? List.of("0.0.0.0") : List.of();
        return dns(action, List.of(patterns), ips, Set.of());
    }

    static DnsFault dns(Set<DnsType> types) {
        return dns(DnsAction.SERVFAIL, List.of("b.default.svc.cluster.local"), List.of(), types);
    }

    static DnsFault dns(boolean reconnect, Percent minTouched) {
        DnsFault fault = dns(DnsAction.SERVFAIL, "b");
        return new DnsFault(
                fault.selection(),
                fault.duration(),
                fault.patterns(),
                fault.action(),
                List.of(),
                Set.of(),
                reconnect,
                Escape.INCONCLUSIVE,
                minTouched);
    }

    private static DnsFault dns(DnsAction action, List<String> patterns, List<String> ips, Set<DnsType> types) {
        return new DnsFault(pods(Mode.ALL, ""), Duration.ofMillis(1500), patterns, action, ips, types);
    }

    /** The fault on a pod of a, whichever. */
    static Injection on(Fault fault, String... peers) {
        return on(A0, fault, peers);
    }

    static Injection on(Instance pod, Fault fault, String... peers) {
        return new Injection(fault, pod, Stream.of(peers).map(Cidr::parse).toList(), 1);
    }
}
