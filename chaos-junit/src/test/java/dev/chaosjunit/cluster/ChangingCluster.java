// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.result.LeftOut;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Pods of one workload that come, go and restart as a test says. */
public final class ChangingCluster implements Cluster {
    private final List<Instance> pods = new ArrayList<>();
    private final Set<String> unready = new HashSet<>();
    private final List<PodEnd> ends = new ArrayList<>();
    private long restarts;

    /** The pods that were deleted, each with its grace period, kept down or released. */
    public final List<String> deletions = new ArrayList<>();

    /** The pod that cannot be released once it is kept down. */
    public String sticks = "";

    /** What runs in each pod beside its container, which is called {@code p}. */
    public List<PodContainer> sidecars = List.of();

    /** Whether it ends what is kept down by itself. */
    public boolean endsIt;

    /** Whether nobody can tell which pods run. */
    public boolean unreachable;

    public Duration endsToldWithin = Duration.ZERO;

    public ChangingCluster(String... names) {
        List.of(names).forEach(this::come);
    }

    public void come(String name) {
        come(pod(name, "first"));
    }

    public void come(Instance pod) {
        pods.add(pod);
    }

    /** On a node; the others are on one called {@code node}. */
    public void come(String name, String node) {
        pods.add(pod(name, new Handle.Container(node, "first")));
    }

    public void go(String name) {
        pods.removeIf(pod -> pod.name().equals(name));
    }

    public void restart(String name) {
        restart(name, "second");
    }

    /** With a container of that id. */
    public void restart(String name, String life) {
        go(name);
        pods.add(pod(name, life));
        restarts++;
    }

    public void end(PodEnd end) {
        ends.add(end);
    }

    public void ready(String name, boolean ready) {
        boolean unused = ready ? unready.remove(name) : unready.add(name);
    }

    /** A pod of app=p; its life is its container. */
    public static Instance pod(String name, String life) {
        return pod(name, new Handle.Container("node", life));
    }

    private static Instance pod(String name, Handle handle) {
        return new Instance(name, "uid-" + name, "p", Map.of("app", "p"), "10.42.0.7", handle, "eth0", Map.of());
    }

    @Override
    public List<Instance> instances() {
        if (unreachable) {
            throw new ClusterException("nobody answers");
        }
        return List.copyOf(pods);
    }

    @Override
    public String describe() {
        return "changing";
    }

    @Override
    public LeftOut leftOut() {
        return LeftOut.NOTHING;
    }

    @Override
    public List<Instance> unready() {
        return pods.stream().filter(pod -> unready.contains(pod.name())).toList();
    }

    @Override
    public List<PodEnd> ends() {
        return List.copyOf(ends);
    }

    @Override
    public boolean delete(Instance pod, Duration grace) {
        boolean there = pods.removeIf(one -> one.uid().equals(pod.uid()));
        deletions.add(pod.name() + " " + grace);
        return there;
    }

    @Override
    public KeptDown keepDown(Instance pod, String container) {
        deletions.add(pod.name() + " " + container + " kept down");
        if (endsIt) {
            go(pod.name());
        }
        return new KeptDown() {
            @Override
            public boolean endsIt() {
                return endsIt;
            }

            @Override
            public void close() {
                if (pod.name().equals(sticks)) {
                    throw new ClusterException("forbidden");
                }
                deletions.add(pod.name() + " " + container + " released");
            }
        };
    }

    @Override
    public List<PodContainer> containers(Instance pod) {
        Optional<Handle> life = instances().stream()
                .filter(one -> one.uid().equals(pod.uid()))
                .map(Instance::handle)
                .findFirst();
        return Stream.concat(Stream.of(new PodContainer("p", life, restarts)), sidecars.stream())
                .toList();
    }

    @Override
    public Duration endsToldWithin() {
        return endsToldWithin;
    }

    @Override
    public List<String> startAnew(Duration readyWithin) {
        return List.of();
    }

    @Override
    public Probing probing(Instance pod) {
        return Probing.NONE;
    }

    @Override
    public Exporting exporting() {
        return Exporting.NONE;
    }

    @Override
    public List<ServiceEndpoint> services() {
        return List.of();
    }

    @Override
    public InetSocketAddress reach(Instance instance, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<Instance, InetSocketAddress> replicas(ServiceEndpoint service, int port) {
        return Map.of();
    }

    @Override
    public List<String> log(String instance, int lines) {
        return List.of();
    }

    @Override
    public Helper startHelper(String node) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> keeper(String node) {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<String> lost() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {}
}
