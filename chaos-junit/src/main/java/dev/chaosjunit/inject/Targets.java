// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which pods are hit by which fault. */
public final class Targets {
    private Targets() {}

    /**
     * Choose the pods of each fault.
     *
     * @param random the same source chooses the same pods again
     * @throws InjectionException when a selector finds no pod, or two faults on one pod cannot combine
     */
    public static List<Injection> choose(List<Fault> faults, Cluster cluster, Random random) {
        List<Instance> pods = cluster.instances().stream()
                .sorted(Comparator.comparing(Instance::name))
                .toList();
        List<Injection> chosen = new ArrayList<>();
        for (Fault fault : faults) {
            List<Instance> found = find(fault.selection().selector(), pods, fault);
            chosen.add(injection(fault, fault.selection().choose(found, random), cluster, random));
        }
        refuseConflicts(chosen);
        return chosen;
    }

    /** A fault meant for pods that were chosen otherwise. */
    public static Injection injection(Fault fault, List<Instance> pods, Cluster cluster, Random random) {
        List<Cidr> peers = peers(fault, cluster.instances(), cluster.services());
        NamedServices named = fault.names()
                .map(names -> NamedServices.of(names, cluster.services(), cluster.instances()))
                .orElse(NamedServices.NONE);
        List<Target> targets = pods.stream()
                .map(pod -> new Target(pod, random.nextInt(Integer.MAX_VALUE), probing(fault, pod, cluster)))
                .toList();
        return new Injection(fault, peers, named, targets, cluster.exporting().to());
    }

    /** What is not on packets meets no probe, or not by itself. */
    private static Probing probing(Fault fault, Instance pod, Cluster cluster) {
        Optional<Traffic> packets = fault.traffic().filter(Traffic::meetsProbes);
        if (packets.isEmpty()) {
            return Probing.NONE;
        }
        Probing probing = cluster.probing(pod);
        if (packets.get().probes() == Probes.SPARE && !probing.apart()) {
            throw new InjectionException(
                    Cause.TEST,
                    fault.describe() + ", pod " + pod.title() + ": @" + fault.name()
                            + "(probes = SPARE) cannot be done here: "
                            + cluster.describe()
                            + ": load comes to the pods through node ports of several nodes, and so"
                            + " from the same address as the kubelet's probes. Use probes = HIT, or confine the fault by"
                            + " target or externalTargets");
        }
        return probing;
    }

    private static List<Instance> find(Selector selector, List<Instance> pods, Fault fault) {
        List<Instance> found =
                pods.stream().filter(pod -> pod.isSelectedBy(selector)).toList();
        if (found.isEmpty()) {
            String present = pods.stream()
                    .map(pod -> pod.title() + " " + Selector.text(pod.labels()))
                    .collect(Collectors.joining(", "));
            throw new InjectionException(
                    Cause.TEST, fault.describe() + ": no pod has the labels " + selector + "; there are: " + present);
        }
        return found;
    }

    private static List<Cidr> peers(Fault fault, List<Instance> pods, List<ServiceEndpoint> services) {
        Stream<String> named = fault.traffic()
                .flatMap(Traffic::target)
                .map(target -> find(target, pods, fault))
                .map(targets -> addresses(targets, services))
                .orElse(Stream.empty());
        List<Cidr> external = fault.traffic().map(Traffic::externalTargets).orElse(List.of());
        return Stream.concat(named.map(Cidr::parse), external.stream())
                .distinct()
                .toList();
    }

    /** A pod is called by its own address or by that of a Service in front of it; which one, the caller's kernel sees. */
    private static Stream<String> addresses(List<Instance> pods, List<ServiceEndpoint> services) {
        Stream<String> inFront = services.stream()
                .filter(service -> !service.selector().isEmpty()
                        && pods.stream().anyMatch(pod -> pod.isSelectedBy(behind(service))))
                .flatMap(service -> service.addresses().stream());
        return Stream.concat(pods.stream().map(Instance::address), inFront);
    }

    private static Selector behind(ServiceEndpoint service) {
        return new Selector(service.selector()).in(List.of(service.namespace()));
    }

    private static void refuseConflicts(List<Injection> chosen) {
        for (int i = 0; i < chosen.size(); i++) {
            for (int j = 0; j < i; j++) {
                refuseConflict(chosen.get(j), chosen.get(i));
            }
        }
    }

    private static void refuseConflict(Injection one, Injection other) {
        Optional<Instance> shared =
                one.instances().stream().filter(other.instances()::contains).findFirst();
        Optional<String> clash =
                one.fault().clash(other.fault()).or(() -> other.fault().clash(one.fault()));
        if (shared.isPresent() && clash.isPresent() && one.sharesPeersWith(other)) {
            throw new InjectionException(
                    Cause.TEST,
                    "Two faults on pod " + shared.get().title() + " cannot combine, " + clash.get() + ": "
                            + one.fault().describe() + "; and " + other.fault().describe());
        }
    }
}
