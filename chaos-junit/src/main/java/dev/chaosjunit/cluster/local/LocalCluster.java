// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.Grace;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.KeptDown;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.PodContainer;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.cluster.StartFailure;
import dev.chaosjunit.cluster.image.Architecture;
import dev.chaosjunit.cluster.image.GoBuild;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.local.dns.DnsServer;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.result.LeftOut;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deployments and Services as processes of this machine, without containers; see the package. */
public final class LocalCluster implements Cluster {

    private final PodLimits limits;
    private final LeftOut leftOut;
    private final RootShell shell;
    private final Node node;
    private final NodeNetwork network;
    private final Endpoints endpoints;
    private final DnsServer dns;
    private final Exporting exporting;
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final List<Pod> deleted = new CopyOnWriteArrayList<>();
    private @Nullable Restarts restarts;
    private @Nullable PodReplacement replacement;
    private @Nullable Keeper keeper;
    private String hostPrograms = "";
    private boolean started;
    private boolean closed;

    private LocalCluster(RootShell shell, Node node, Manifests manifests, Collector collector) {
        limits = new PodLimits(node.controllers());
        leftOut = limits.leftOut(manifests);
        this.shell = shell;
        this.node = node;
        network = new NodeNetwork(shell, node);
        endpoints = new Endpoints(network, node.addresses(), manifests.services(), pods);
        dns = new DnsServer(node.addresses().host(), endpoints::find);
        exporting = collector.listen(node.addresses().host());
    }

    /**
     * Build the images, start all pods and wait until they are ready.
     *
     * @param wanted Deployments and Services
     * @param images where the programs of the manifests' images come from; the image's tag may be left out
     * @param programs directory for the built programs; clusters may share it, and it is left behind
     * @param told which program an image runs, by the image's name, before any does; it may refuse that
     * @param collector what pods export to
     * @param readyWithin how long all pods may take together, not counting the build
     * @param workDirectory for logs ({@code logs/<pod>.log}) and small files; made if absent, left behind
     * @throws ClusterException when a manifest, an image or a pod is at fault; nothing is left running
     * @throws dev.chaosjunit.cluster.RuntimeUnavailableException when the machine lacks what this runtime needs
     */
    public static LocalCluster start(
            Manifests wanted,
            List<ImageSpec> images,
            Path programs,
            Consumer<Map<String, Path>> told,
            Collector collector,
            Duration readyWithin,
            Path workDirectory) {
        Programs needed = new Programs(images, new GoBuild(programs, Architecture.ofThisMachine()));
        needed.requireAll(wanted.workloads());
        PodNames names = new PodNames(wanted.workloads());
        RootShell shell = new RootShell(Privilege.find());
        Map<String, ImageContent> built = needed.build(wanted.workloads());
        told.accept(ImageContent.programs(built));
        Node node = Node.start(shell);
        LocalCluster cluster = null;
        try {
            cluster = new LocalCluster(shell, node, wanted, collector);
            cluster.awaitReady(cluster.launch(wanted.workloads(), names, built, workDirectory), readyWithin);
            return cluster;
        } catch (RuntimeException e) {
            RuntimeException failure = StartFailure.of(e, node.lost());
            closeAfter(failure, cluster == null ? node : cluster);
            throw failure;
        } catch (Error e) {
            closeAfter(e, cluster == null ? node : cluster);
            throw e;
        }
    }

    @Override
    public String describe() {
        return "local: " + instances().size() + " pods in " + node.addresses() + ", doors to this machine: DNS"
                + (exporting.isWanted() ? ", OTLP" : "")
                + hostPrograms;
    }

    @Override
    public LeftOut leftOut() {
        return leftOut;
    }

    @Override
    public List<Instance> instances() {
        return running().map(Pod::instance).toList();
    }

    private Stream<Pod> running() {
        return pods.stream().filter(Pod::runs);
    }

    @Override
    public List<Instance> unready() {
        return running()
                .filter(pod -> !pod.ready() && !pod.isDone())
                .map(Pod::instance)
                .toList();
    }

    @Override
    public boolean delete(Instance instance, Duration grace) {
        Optional<Pod> meant = pods.stream()
                .filter(pod -> pod.id().uid().equals(instance.uid()))
                .findFirst();
        meant.ifPresent(pod -> {
            deleted.add(pod);
            Objects.requireNonNull(replacement).replace(pod, grace);
        });
        return meant.isPresent();
    }

    @Override
    public KeptDown keepDown(Instance instance, String container) {
        return containersOf(instance)
                .filter(one -> one.spec().name().equals(container))
                .findFirst()
                .map(Objects.requireNonNull(restarts)::keepDown)
                .orElseThrow(() -> new ClusterException("pod " + instance.title() + " is gone"));
    }

    private Stream<Container> containersOf(Instance instance) {
        return pods.stream()
                .filter(pod -> pod.id().uid().equals(instance.uid()))
                .flatMap(pod -> pod.containers().stream());
    }

    /** A pod that declares no probe is not asked any more once it is up. */
    @Override
    public Probing probing(Instance pod) {
        List<Probing.Probe> probes = containersOf(pod)
                .flatMap(Container::askedNow)
                .flatMap(probe -> probe.connection().stream())
                .toList();
        return probes.isEmpty()
                ? Probing.NONE
                : new Probing(List.of(node.addresses().prober()), probes, true);
    }

    @Override
    public Exporting exporting() {
        return exporting;
    }

    @Override
    public List<ServiceEndpoint> services() {
        return endpoints.services();
    }

    @Override
    public List<String> log(String instance, int lines) {
        List<Pod> meant = named(instance, pods).isEmpty() ? named(instance, deleted) : named(instance, pods);
        if (meant.isEmpty()) {
            throw new IllegalArgumentException("there is no pod " + instance + " but " + titles(pods));
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException("several are pod " + instance + ": " + titles(meant));
        }
        return meant.get(0).log().last(lines);
    }

    private static List<Pod> named(String instance, List<Pod> among) {
        return NamespacedName.ofPod(instance)
                .among(among, pod -> pod.id().namespace(), pod -> pod.id().name());
    }

    private static List<String> titles(List<Pod> pods) {
        return pods.stream().map(Pod::title).toList();
    }

    @Override
    public List<PodEnd> ends() {
        return restarts == null ? List.of() : restarts.ends();
    }

    @Override
    public List<PodContainer> containers(Instance pod) {
        return containersOf(pod).map(Container::now).toList();
    }

    @Override
    public Duration endsToldWithin() {
        return Duration.ZERO;
    }

    @Override
    public List<String> startAnew(Duration readyWithin) {
        if (restarts == null || node.lost().isDone()) {
            return List.of();
        }
        Set<Pod> ended = restarts.ended();
        List<Pod> unready = Grace.left(() -> pods.stream()
                .filter(pod -> !pod.ready() && !pod.isDone() && !ended.contains(pod))
                .toList());
        List<Pod> gone = pods.stream()
                .filter(pod -> ended.contains(pod) || unready.contains(pod))
                .toList();
        restarts.startAnew(gone);
        new Startup(gone, restarts::lastAnswer).await(readyWithin);
        endpoints.refresh();
        return gone.stream().map(Pod::title).toList();
    }

    @Override
    public InetSocketAddress reach(Instance instance, int port) {
        return new InetSocketAddress(instance.address(), port);
    }

    @Override
    public Map<Instance, InetSocketAddress> replicas(ServiceEndpoint service, int port) {
        return endpoints.replicas(service, port);
    }

    @Override
    public Helper startHelper(String node) throws HelperException {
        return ChaosAgent.start(shell.privilege());
    }

    @Override
    public Optional<String> keeper(String node) {
        return Optional.ofNullable(keeper).map(Keeper::control);
    }

    @Override
    public CompletableFuture<String> lost() {
        return node.lost();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        endpoints.close();
        Optional.ofNullable(restarts).ifPresent(Restarts::close);
        try {
            if (started) {
                new Termination(pods).run(shell);
            }
        } finally {
            try (dns) {
                node.close();
            }
            pods.forEach(pod -> pod.log().close());
        }
    }

    private static String hostPrograms(Map<String, ImageContent> images) {
        return images.entrySet().stream()
                .flatMap(image -> image.getValue().host().stream()
                        .map(host ->
                                "; " + image.getKey() + " is this machine's " + host.program() + ", " + host.version()))
                .collect(Collectors.joining());
    }

    private Restarts launch(
            List<Workload> workloads, PodNames names, Map<String, ImageContent> images, Path directory) {
        hostPrograms = hostPrograms(images);
        network.layOut(dns.port(), exporting.to().map(InetSocketAddress::getPort));
        NodeAgent.install(shell, node);
        if (workloads.stream().anyMatch(workload -> workload.pod().listener().isPresent())) {
            keeper = Keeper.start(shell, node);
        }
        PodLauncher launcher = new PodLauncher(shell, node, limits, images, endpoints.clusterIps(), directory);
        AtomicInteger indexes = new AtomicInteger();
        for (Workload workload : workloads) {
            Workload told = new ExportingPods(exporting).of(workload);
            names.of(workload).forEach(id -> pods.add(launcher.pod(indexes.getAndIncrement(), id, told)));
        }
        network.connect(pods);
        endpoints.refresh();
        restarts = new Restarts(shell, launcher, node, endpoints::refresh);
        replacement = new PodReplacement(
                pods,
                names,
                network,
                restarts,
                (name, old) -> launcher.pod(indexes.getAndIncrement(), name, old.workload()),
                endpoints::refresh);
        restarts.begin(pods);
        return restarts;
    }

    private void awaitReady(Restarts watching, Duration readyWithin) {
        new Startup(pods, watching::lastAnswer).await(readyWithin);
        pods.forEach(watching::follow);
        endpoints.refresh();
        started = true;
    }

    private static void closeAfter(Throwable failure, AutoCloseable started) {
        try (started) {
            return;
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
