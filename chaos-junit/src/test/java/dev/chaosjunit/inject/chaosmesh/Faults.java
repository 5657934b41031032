// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodContainer;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.Bursts;
import dev.chaosjunit.fault.Chance;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.CorruptAction;
import dev.chaosjunit.fault.CpuStress;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsAnswer;
import dev.chaosjunit.fault.DnsChaos;
import dev.chaosjunit.fault.DnsType;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.LoadOf;
import dev.chaosjunit.fault.MemoryStress;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.NetworkBandwidth;
import dev.chaosjunit.fault.NetworkCorrupt;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.NetworkDuplicate;
import dev.chaosjunit.fault.NetworkLoss;
import dev.chaosjunit.fault.NetworkPartition;
import dev.chaosjunit.fault.NetworkReorder;
import dev.chaosjunit.fault.PartitionAction;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Queue;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.StressSize;
import dev.chaosjunit.fault.TraceId;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.NamedServices;
import dev.chaosjunit.inject.Target;
import dev.chaosjunit.quantity.BitRate;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Size;
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

    /** Somebody else's, or another run's, by the same label. */
    static final Instance STRANGER = pod("stranger", Map.of("app", "a", RunPods.LABEL, "run-2"), "10.42.0.99");

    static final List<Instance> PODS = List.of(A0, A1, B0);
    static final RunPods RUN = run("shop", PODS);

    private static final Chance TWENTIETH = new Chance(new Percent(0.05));

    private Faults() {}

    static RunPods run(String namespace, List<Instance> pods) {
        return new RunPods("run-1", List.of(namespace), () -> pods, Faults::containers);
    }

    static Instance pod(String name, String app, String address) {
        return pod(name, Map.of("app", app, RunPods.LABEL, "run-1"), address);
    }

    /** Each pod has the one that it is known by, and a second one. */
    static List<PodContainer> containers(Instance pod) {
        return List.of(
                new PodContainer("main", Optional.of(pod.handle()), 0),
                new PodContainer("side", Optional.of(side(pod)), 0));
    }

    static Handle side(Instance pod) {
        return new Handle.Container("node", "side of " + pod.name());
    }

    private static Instance pod(String name, Map<String, String> labels, String address) {
        Handle handle = new Handle.Container("node", "0".repeat(64));
        return new Instance(name, name, labels.getOrDefault("app", ""), labels, address, handle, "eth0", Map.of());
    }

    static Selection pods(Mode mode, String value) {
        return new Selection(Selector.parse("app=a"), mode, value);
    }

    /** Half a second on everything that the pods of a send. */
    static NetworkDelay delay() {
        return delay(pods(Mode.ALL, ""), Direction.TO, "", PortRange.ANY, Protocol.ANY);
    }

    static NetworkDelay delay(Selection selection) {
        return delay(selection, Direction.TO, "", PortRange.ANY, Protocol.ANY);
    }

    static NetworkDelay delay(Direction direction, String target, String... external) {
        return delay(pods(Mode.ALL, ""), direction, target, PortRange.ANY, Protocol.ANY, external);
    }

    static NetworkDelay delay(PortRange port, Protocol protocol) {
        return delay(pods(Mode.ALL, ""), Direction.TO, "", port, protocol);
    }

    static NetworkDelay sparing() {
        return delay(Probes.SPARE, Percent.NONE);
    }

    static NetworkDelay ofOneRequest(String trace) {
        NetworkDelay hits = delay(Direction.TO, "");
        Traffic packets = new Traffic(
                Direction.TO,
                Optional.empty(),
                List.of(),
                PortRange.ANY,
                Protocol.ANY,
                Probes.HIT,
                Optional.of(new TraceId(trace)));
        return new NetworkDelay(hits.selection(), hits.duration(), hits.delay(), hits.correlation(), packets);
    }

    static NetworkDelay delay(Probes probes, Percent minTouched) {
        return delay(probes, Queue.BY_NEED, minTouched);
    }

    static NetworkDelay delay(Probes probes, Queue queue, Percent minTouched) {
        NetworkDelay hits = delay(Direction.TO, "");
        return new NetworkDelay(
                hits.selection(),
                hits.duration(),
                hits.delay(),
                hits.correlation(),
                new Traffic(Direction.TO, Optional.empty(), List.of(), PortRange.ANY, Protocol.ANY, probes),
                queue,
                minTouched);
    }

    private static NetworkDelay delay(
            Selection selection,
            Direction direction,
            String target,
            PortRange port,
            Protocol protocol,
            String... external) {
        return new NetworkDelay(
                selection,
                Duration.ofSeconds(5),
                new Latency(Duration.ofMillis(500), Duration.ofNanos(1_500_999)),
                new Percent(0.255),
                new Traffic(
                        direction,
                        target.isEmpty() ? Optional.empty() : Optional.of(Selector.parse(target)),
                        Stream.of(external).map(Cidr::parse).toList(),
                        port,
                        protocol,
                        Probes.HIT));
    }

    static NetworkBandwidth bandwidth() {
        return new NetworkBandwidth(
                pods(Mode.ALL, ""),
                Duration.ofSeconds(1),
                BitRate.parse("1mbit"),
                Size.parse("2KiB"),
                Size.parse("64KiB"),
                Traffic.SENT,
                Percent.NONE);
    }

    static NetworkReorder reorder() {
        return new NetworkReorder(
                pods(Mode.ALL, ""),
                Duration.ofSeconds(1),
                new Chance(new Percent(0.25), new Percent(0.5)),
                5,
                new Latency(Duration.ofMillis(20)),
                Traffic.SENT,
                Queue.BY_NEED,
                Percent.NONE);
    }

    static NetworkLoss loss(Optional<Bursts> bursts) {
        Chance chance = new Chance(new Percent(0.1), new Percent(0.25));
        return new NetworkLoss(pods(Mode.ALL, ""), Duration.ofSeconds(1), chance, bursts, Traffic.SENT, Percent.NONE);
    }

    static NetworkDuplicate duplicates() {
        return new NetworkDuplicate(pods(Mode.ALL, ""), Duration.ofSeconds(1), TWENTIETH, Traffic.SENT, Percent.NONE);
    }

    static NetworkCorrupt damage(CorruptAction action) {
        return new NetworkCorrupt(
                pods(Mode.ALL, ""), Duration.ofSeconds(1), TWENTIETH, action, Traffic.SENT, Percent.NONE);
    }

    static NetworkPartition partition(PartitionAction action) {
        return new NetworkPartition(pods(Mode.ALL, ""), Duration.ofSeconds(1), action, Traffic.SENT, Percent.NONE);
    }

    static DnsChaos dns(DnsAction action, String... patterns) {
        List<String> ips = action == DnsAction.SPOOF ? List.of("0.0.0.0") : List.of();
        return dns(action, List.of(patterns), ips, Set.of());
    }

    static DnsChaos dns(Set<DnsType> types) {
        return dns(DnsAction.SERVFAIL, List.of("b.default.svc.cluster.local"), List.of(), types);
    }

    static DnsChaos dns(boolean reconnect, Percent minTouched) {
        DnsChaos fault = dns(DnsAction.SERVFAIL, "b");
        return new DnsChaos(
                fault.selection(),
                fault.duration(),
                fault.meant(),
                fault.answer(),
                Set.of(),
                fault.probability(),
                reconnect,
                minTouched);
    }

    static DnsChaos dns(Percent probability) {
        return dns(dns(DnsAction.SERVFAIL, "b").answer(), probability);
    }

    static DnsChaos lateDns() {
        Latency late = new Latency(Duration.ofMillis(5));
        return dns(new DnsAnswer(DnsAction.DELAY, Optional.of(late), List.of()), new Percent(1));
    }

    private static DnsChaos dns(DnsAnswer answer, Percent probability) {
        DnsChaos fault = dns(DnsAction.SERVFAIL, "b");
        return new DnsChaos(
                fault.selection(), fault.duration(), fault.meant(), answer, Set.of(), probability, false, Percent.NONE);
    }

    private static DnsChaos dns(DnsAction action, List<String> patterns, List<String> ips, Set<DnsType> types) {
        return new DnsChaos(pods(Mode.ALL, ""), Duration.ofMillis(1500), patterns, action, ips, types);
    }

    static PodKill kill(Killed what, Optional<Duration> gracePeriod) {
        return kill(what, KillSignal.SIGKILL, false, gracePeriod);
    }

    static PodKill down(KillSignal signal) {
        return kill(Killed.CONTAINER, signal, true, Optional.empty());
    }

    private static PodKill kill(Killed what, KillSignal signal, boolean down, Optional<Duration> gracePeriod) {
        return new PodKill(
                pods(Mode.ALL, ""),
                Duration.ofSeconds(1),
                what,
                signal,
                Optional.empty(),
                down,
                gracePeriod,
                List.of());
    }

    static PodKill container(KillSignal signal, String every, boolean down, String... names) {
        return new PodKill(
                pods(Mode.ALL, ""),
                Duration.ofSeconds(9),
                Killed.CONTAINER,
                signal,
                every.isEmpty() ? Optional.empty() : Optional.of(Durations.parse(every)),
                down,
                Optional.empty(),
                List.of(names));
    }

    static CpuStress cpu(double load, LoadOf of) {
        return new CpuStress(pods(Mode.ALL, ""), Duration.ofSeconds(1), 2, new Percent(load), of);
    }

    static MemoryStress memory(String size, boolean oom) {
        return new MemoryStress(pods(Mode.ALL, ""), Duration.ofSeconds(1), StressSize.parse(size), oom);
    }

    /** The fault on a pod of a, whichever. */
    static Injection on(Fault fault, String... peers) {
        return on(A0, fault, peers);
    }

    static Injection on(Instance pod, Fault fault, String... peers) {
        return new Injection(
                fault,
                Stream.of(peers).map(Cidr::parse).toList(),
                NamedServices.NONE,
                List.of(new Target(pod, 1, Probing.NONE)));
    }
}
