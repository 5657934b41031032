// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsAnswer;
import dev.chaosjunit.fault.DnsChaos;
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Names;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Injections into a pod that is nowhere. */
public final class SampleInjections {
    public static final Instance POD = pod(new Handle.LocalProcess(4711));
    private static final Selection ALL = new Selection(Selector.parse("app=p"), Mode.ALL, "");

    private SampleInjections() {}

    /** The name a.b does not exist. */
    public static Injection dns(Duration duration) {
        return of(new DnsChaos(ALL, duration, List.of("a.b"), DnsAction.NXDOMAIN, List.of(), Set.of()), POD);
    }

    /** The same, and pods may go on over older connections. */
    public static Injection allowed(Duration duration) {
        return of(
                new DnsChaos(
                        ALL,
                        duration,
                        new Names(List.of("a.b"), Escape.ALLOWED),
                        new DnsAnswer(DnsAction.NXDOMAIN, List.of()),
                        Set.of(),
                        new Percent(1),
                        false,
                        Percent.NONE),
                POD);
    }

    /** What the pod sends takes 500 ms. */
    public static Injection delay(Duration duration) {
        NetworkDelay fault =
                new NetworkDelay(ALL, duration, new Latency(Duration.ofMillis(500)), new Percent(0), Traffic.SENT);
        return of(fault, POD);
    }

    /** A fault on pods of nodes, one on each that is named. */
    public static Injection on(Fault fault, String... nodes) {
        List<Target> pods = Stream.of(nodes)
                .map(node -> new Target(pod(new Handle.Container(node, "3f2a")), 1, Probing.NONE))
                .toList();
        return new Injection(fault, List.of(), NamedServices.NONE, pods);
    }

    private static Instance pod(Handle handle) {
        return new Instance("p-0", "p-0", "p", Map.of(), "198.18.0.7", handle, "eth0", Map.of());
    }

    /** A fault on one pod. */
    public static Injection of(Fault fault, Instance pod) {
        return of(fault, pod, 1, Probing.NONE);
    }

    /** The same, with a seed, and with who probes the pod. */
    static Injection of(Fault fault, Instance pod, int seed, Probing probing) {
        return new Injection(fault, List.of(), NamedServices.NONE, List.of(new Target(pod, seed, probing)));
    }
}
