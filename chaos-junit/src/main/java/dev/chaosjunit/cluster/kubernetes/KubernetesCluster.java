// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.KeptDown;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.PodContainer;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.cluster.StartFailure;
import dev.chaosjunit.result.LeftOut;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What manifests brought up in a {@link Kubernetes}. */
public final class KubernetesCluster implements Cluster {
    private static final Duration ENDS_TOLD_WITHIN = Duration.ofSeconds(2);
    private static final Duration SERVED_WITHIN = Duration.ofSeconds(5);

    private final Kubernetes kubernetes;
    private final String run;
    private final List<String> namespaces;
    private final PodWatch pods;
    private final PodLogs logs;
    private final LastLogs lastLogs;
    private final ContainerEnds ends;
    private final PortForwards forwards;
    private final Applied applied;
    private final Doors doors;
    private final ReplicaDoors replicaDoors;
    private final LeftOut leftOut;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private List<ServiceEndpoint> services = List.of();
    private List<HasMetadata> objects = List.of();
    private List<String> remarks = List.of();

    private KubernetesCluster(
            Kubernetes kubernetes, Set<String> namespaces, LeftOut leftOut, String run, Path directory) {
        this.kubernetes = kubernetes;
        this.leftOut = leftOut;
        this.run = run;
        this.namespaces = List.copyOf(namespaces);
        this.logs = new PodLogs(kubernetes.client(), directory);
        this.forwards = new PortForwards(kubernetes.client());
        this.lastLogs = new LastLogs(kubernetes.client());
        this.ends = new ContainerEnds(lastLogs::of, lastLogs::failedProbe);
        this.pods = new PodWatch(kubernetes.client(), namespaces, run, this::seen);
        this.applied = new Applied(kubernetes, run, pods);
        this.doors = new Doors(kubernetes, forwards, run, lost::complete);
        this.replicaDoors = new ReplicaDoors(kubernetes, run, this::apply);
        var unused = kubernetes.lost().thenAccept(lost::complete);
    }

    /**
     * Apply what manifests hold and wait until all is ready. The Kubernetes belongs to the cluster from now on, also
     * when this fails.
     *
     * @param objects as read from manifests; they are marked as this run's
     * @param leftOut what the manifests said beside these
     * @param run tells objects of this class from those of others
     * @param readyWithin how long all may take together
     * @param workDirectory for logs ({@code logs/<pod>.log}); made if absent, left behind
     * @throws dev.chaosjunit.cluster.ClusterException when a manifest or a pod is at fault; nothing is left behind
     */
    public static KubernetesCluster start(
            Kubernetes kubernetes,
            List<HasMetadata> objects,
            LeftOut leftOut,
            String run,
            Duration readyWithin,
            Path workDirectory) {
        KubernetesCluster cluster = null;
        try {
            List<String> remarks = prepare(objects, run, kubernetes);
            cluster = new KubernetesCluster(
                    kubernetes, namespaces(objects, kubernetes), leftOut, run, workDirectory.resolve("logs"));
            cluster.remarks = remarks;
            cluster.bringUp(objects, readyWithin);
            return cluster;
        } catch (RuntimeException e) {
            RuntimeException failure = StartFailure.of(e, kubernetes.lost());
            closeAfter(failure, cluster == null ? kubernetes : cluster);
            throw failure;
        } catch (Error e) {
            closeAfter(e, cluster == null ? kubernetes : cluster);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, AutoCloseable started) {
        try (started) {
            return;
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** What is to be said of them in the report. */
    private static List<String> prepare(List<HasMetadata> objects, String run, Kubernetes kubernetes) {
        objects.forEach(object -> prepare(object, run, kubernetes));
        List<String> remarks = new ArrayList<>();
        OwnPods.select(objects, run).stream()
                .map(name -> "Service/" + name + " selects no pod of the manifests and was left as it is")
                .forEach(remarks::add);
        remarks.addAll(kubernetes.look(objects));
        return remarks;
    }

    private static void prepare(HasMetadata object, String run, Kubernetes kubernetes) {
        if (object.getMetadata().getNamespace() == null && isNamespaced(object)) {
            object.getMetadata().setNamespace(kubernetes.namespace());
        }
        ManifestObjects.prepare(object, run, kubernetes.preloaded());
        new ExportVariables(kubernetes.exporting()).addTo(object);
        kubernetes.admit(object);
    }

    private static boolean isNamespaced(HasMetadata object) {
        return object instanceof Namespaced;
    }

    private static Set<String> namespaces(List<HasMetadata> objects, Kubernetes kubernetes) {
        Set<String> namespaces = new LinkedHashSet<>();
        namespaces.add(kubernetes.namespace());
        objects.stream()
                .map(object -> object.getMetadata().getNamespace())
                .filter(namespace -> namespace != null)
                .forEach(namespaces::add);
        objects.stream()
                .filter(Namespace.class::isInstance)
                .forEach(made -> namespaces.add(made.getMetadata().getName()));
        return namespaces;
    }

    private void seen(Pod pod) {
        logs.follow(pod);
        ends.seen(pod);
    }

    private void bringUp(List<HasMetadata> wanted, Duration readyWithin) {
        List<HasMetadata> known = new ArrayList<>();
        for (HasMetadata object : wanted) {
            HasMetadata accepted = applied.apply(object);
            known.add(accepted);
            if (accepted instanceof Service service && isReachable(service)) {
                doors.add(service, door -> (Service) apply(door));
            }
        }
        doors.prepare();
        new Rollout(kubernetes, pods, known).await(readyWithin);
        new ServedPods(kubernetes.client(), pods::pods, SERVED_WITHIN)
                .await(known.stream()
                        .filter(Service.class::isInstance)
                        .map(Service.class::cast)
                        .toList());
        services = doors.open();
        objects = List.copyOf(known);
        ends.count();
    }

    private HasMetadata apply(HasMetadata door) {
        kubernetes.admit(door);
        return applied.apply(door);
    }

    private static boolean isReachable(Service service) {
        return service.getSpec().getSelector() != null
                && !service.getSpec().getSelector().isEmpty()
                && !service.getSpec().getPorts().isEmpty();
    }

    /** The API server; whoever uses it leaves closing it to this cluster. */
    public KubernetesClient client() {
        return kubernetes.client();
    }

    /** Where this class has objects; the first is for those whose manifest names none. */
    public List<String> namespaces() {
        return namespaces;
    }

    /** Whom to name as the owner of what is made in the first namespace, so that it goes when this JVM was killed. */
    public Optional<OwnerReference> owner() {
        return kubernetes.owner(kubernetes.namespace());
    }

    /** What tells objects of this class from those of others, as a label of theirs. */
    public String run() {
        return run;
    }

    @Override
    public String describe() {
        String remarked = remarks.isEmpty() ? "" : "; " + String.join("; ", remarks);
        return kubernetes.describe() + ": " + instances().size() + " pods in namespace " + kubernetes.namespace()
                + doors.describe()
                + remarked;
    }

    @Override
    public LeftOut leftOut() {
        return leftOut;
    }

    @Override
    public List<Instance> instances() {
        return pods.instances();
    }

    @Override
    public List<Instance> unready() {
        return pods.pods().stream()
                .filter(pod -> !Readiness.isPodReady(pod))
                .flatMap(pod -> PodInstance.of(pod).stream())
                .toList();
    }

    @Override
    public List<PodEnd> ends() {
        return ends.ends();
    }

    @Override
    public List<PodContainer> containers(Instance instance) {
        return pods.pods().stream()
                .filter(pod -> pod.getMetadata().getUid().equals(instance.uid()))
                .flatMap(pod -> PodInstance.containers(pod).stream())
                .toList();
    }

    /** The kubelet looks once a second, and its word takes its way. */
    @Override
    public Duration endsToldWithin() {
        return ENDS_TOLD_WITHIN;
    }

    @Override
    public List<String> startAnew(Duration readyWithin) {
        if (lost.isDone()) {
            return List.of();
        }
        return new FreshPods(kubernetes, pods, applied, run, ends.uids()).in(objects, readyWithin);
    }

    @Override
    public boolean delete(Instance instance, Duration grace) {
        return pods.pods().stream()
                .filter(pod -> pod.getMetadata().getUid().equals(instance.uid()))
                .findFirst()
                .map(pod -> applied.deletePod(pod, grace))
                .orElse(false);
    }

    @Override
    public KeptDown keepDown(Instance instance, String container) {
        return pods.pods().stream()
                .filter(pod -> pod.getMetadata().getUid().equals(instance.uid()))
                .findFirst()
                .map(pod -> new DownPod(kubernetes.client(), pod, container))
                .orElseThrow(() -> new ClusterException("pod " + instance.title() + " is gone"));
    }

    @Override
    public Probing probing(Instance instance) {
        return pods.pods().stream()
                .filter(pod -> pod.getMetadata().getUid().equals(instance.uid()))
                .findFirst()
                .map(pod -> PodProbes.of(pod, doors.areApart()))
                .orElse(Probing.NONE);
    }

    @Override
    public Exporting exporting() {
        return kubernetes.exporting();
    }

    @Override
    public List<ServiceEndpoint> services() {
        return services;
    }

    @Override
    public InetSocketAddress reach(Instance instance, int port) {
        return forwards.pod(instance.namespace(), instance.name(), instance.uid(), port);
    }

    /** By node ports alone: a relay connects to Services. */
    @Override
    public Map<Instance, InetSocketAddress> replicas(ServiceEndpoint service, int port) {
        if (!doors.areNodePorts()) {
            return Map.of();
        }
        List<Pod> ready = pods.pods().stream()
                .filter(Readiness::isPodReady)
                .filter(pod -> pod.getMetadata().getNamespace().equals(service.namespace()))
                .filter(pod -> pod.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(service.selector().entrySet()))
                .toList();
        return doors.port(service, port)
                .map(found -> replicaDoors.open(found, ready))
                .orElse(Map.of());
    }

    @Override
    public List<String> log(String instance, int lines) {
        Set<NamespacedName> known = new LinkedHashSet<>(logs.pods());
        pods.pods().stream().map(PodInstance::name).forEach(known::add);
        List<NamespacedName> meant = NamespacedName.ofPod(instance)
                .among(known, pod -> pod.namespace().orElseThrow(), NamespacedName::name);
        if (meant.size() != 1) {
            throw new IllegalArgumentException((meant.isEmpty() ? "there is no pod " : "several are pod ")
                    + instance
                    + (meant.isEmpty() ? " but " : ": ")
                    + (meant.isEmpty() ? known : meant));
        }
        return logs.last(meant.get(0), lines);
    }

    @Override
    public Helper startHelper(String node) throws HelperException {
        return kubernetes.startHelper(node);
    }

    @Override
    public Optional<String> keeper(String node) {
        return kubernetes.keeper();
    }

    @Override
    public CompletableFuture<String> lost() {
        return lost;
    }

    /** Take everything away, even where one part of it fails. */
    @Override
    public void close() {
        try (kubernetes;
                pods;
                lastLogs;
                applied) {
            doors.close();
            forwards.close();
            logs.close();
        }
    }
}
