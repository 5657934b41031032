// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.result.LeftOut;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Pods and Services that are nowhere. */
public record FixedCluster(
        List<Instance> instances, List<ServiceEndpoint> services, CompletableFuture<String> lost, Probing probing)
        implements Cluster {

    /** What its manifests would say in vain. */
    public static final LeftOut LEFT_OUT = new LeftOut(List.of("affinity (a.yaml:1)"), List.of("Ingress (a.yaml:9)"));

    public FixedCluster(List<Instance> instances, List<ServiceEndpoint> services) {
        this(instances, services, new CompletableFuture<>());
    }

    public FixedCluster(List<Instance> instances, List<ServiceEndpoint> services, CompletableFuture<String> lost) {
        this(instances, services, lost, Probing.NONE);
    }

    /** Whose pods are probed, all in the same way. */
    public FixedCluster(List<Instance> instances, List<ServiceEndpoint> services, Probing probing) {
        this(instances, services, new CompletableFuture<>(), probing);
    }

    @Override
    public String describe() {
        return "fixed";
    }

    @Override
    public LeftOut leftOut() {
        return LEFT_OUT;
    }

    @Override
    public List<Instance> unready() {
        return List.of();
    }

    @Override
    public List<PodEnd> ends() {
        return List.of();
    }

    @Override
    public boolean delete(Instance pod, Duration grace) {
        return false;
    }

    @Override
    public KeptDown keepDown(Instance pod, String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PodContainer> containers(Instance pod) {
        return List.of(new PodContainer("p", Optional.of(pod.handle()), 0));
    }

    @Override
    public Duration endsToldWithin() {
        return Duration.ZERO;
    }

    @Override
    public List<String> startAnew(Duration readyWithin) {
        return List.of();
    }

    @Override
    public Probing probing(Instance pod) {
        return probing;
    }

    @Override
    public List<String> log(String instance, int lines) {
        return List.of();
    }

    @Override
    public InetSocketAddress reach(Instance instance, int port) {
        return new InetSocketAddress(instance.address(), port);
    }

    @Override
    public Map<Instance, InetSocketAddress> replicas(ServiceEndpoint service, int port) {
        return instances.stream()
                .filter(pod ->
                        pod.labels().entrySet().containsAll(service.selector().entrySet()))
                .collect(Collectors.toMap(pod -> pod, pod -> new InetSocketAddress(pod.address(), port)));
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
    public void close() {}

    @Override
    public Exporting exporting() {
        return Exporting.NONE;
    }
}
