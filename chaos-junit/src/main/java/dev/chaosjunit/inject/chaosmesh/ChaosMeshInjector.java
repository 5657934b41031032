// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.inject.Injector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Has Chaos Mesh inject: one resource a fault, and it chooses the pods, by its own random numbers and not by our seed.
 * What a fault asks for and Chaos Mesh cannot do is refused before anything is made. Where this JVM is killed, Chaos Mesh
 * ends the fault a minute after its time; the resource goes with its owner, as all of the run does, and until then
 * {@code kubectl delete networkchaos,dnschaos,podchaos -l app.kubernetes.io/managed-by=chaos-junit} takes it away.
 */
public final class ChaosMeshInjector implements Injector {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RunPods pods;
    private final Duration limit;
    private final Preflight preflight;
    private final Specs specs;
    private final ChaosResources resources;
    private final CompletableFuture<Supplier<String>> lost = new CompletableFuture<>();
    private final List<ChaosMeshFault> attached = new ArrayList<>();

    /**
     * The client stays the caller's, who closes it after this.
     *
     * @param pods the only ones that faults may hit
     * @param owner with which each resource goes when this JVM was killed, in the namespace of the resources
     */
    public ChaosMeshInjector(KubernetesClient client, RunPods pods, Optional<OwnerReference> owner) {
        this(client, pods, owner, LIMIT);
    }

    ChaosMeshInjector(KubernetesClient client, RunPods pods, Optional<OwnerReference> owner, Duration limit) {
        this.pods = pods;
        this.limit = limit;
        this.preflight = new Preflight(client, pods.namespace());
        this.specs = new Specs(pods);
        this.resources = new ChaosResources(client, pods, owner);
    }

    /**
     * Look ahead of the first fault whether the cluster has Chaos Mesh and lets us use all of it that we may need.
     *
     * @throws InjectionException where it does not
     */
    public void check() {
        for (ChaosKind kind : ChaosKind.values()) {
            preflight.check(kind);
        }
    }

    @Override
    public synchronized List<ActiveFault> attach(List<Injection> injections) {
        refuseSecondDns(injections.stream().map(Injection::fault).toList());
        List<ChaosMeshFault> prepared = injections.stream().map(this::prepare).toList();
        injections.stream()
                .map(injection -> MeshFault.of(injection.fault()).kind().resource())
                .distinct()
                .forEach(preflight::check);
        attached.addAll(prepared);
        return List.copyOf(prepared);
    }

    private ChaosMeshFault prepare(Injection injection) {
        return new ChaosMeshFault(
                injection.fault(),
                onPods(injection, specs.chosen(injection)),
                later -> onPods(later, specs.named(later)));
    }

    private OnPods onPods(Injection injection, Map<String, Object> spec) {
        MeshKind<?> kind = MeshFault.of(injection.fault()).kind();
        return new OnPods(injection.fault(), () -> resources.plan(kind.resource(), kind.stem(), spec), pods, limit);
    }

    /** Its DNS server keeps one set of names a pod: the second fault would silently replace the first. */
    private void refuseSecondDns(List<Fault> faults) {
        List<Fault> dns = faults.stream()
                .filter(fault -> MeshFault.of(fault).kind().resource() == ChaosKind.DNS)
                .toList();
        for (Instance pod : pods.running().get()) {
            List<String> both = dns.stream()
                    .filter(fault -> pod.isSelectedBy(fault.selection().selector()))
                    .map(Fault::describe)
                    .toList();
            if (both.size() > 1) {
                throw new InjectionException(
                        Cause.TEST,
                        "Chaos Mesh has one DNS fault a pod at a time, but these can all be on pod " + pod.name() + ": "
                                + String.join("; and ", both) + ". chaos.engine=helper can.");
            }
        }
    }

    /** Nothing of ours is in between: Chaos Mesh's own end is told by its resources. */
    @Override
    public CompletableFuture<Supplier<String>> lost() {
        return lost;
    }

    @Override
    public synchronized void close() {
        try {
            InjectionException.forAll(attached, ActiveFault::close);
        } finally {
            attached.clear();
        }
    }
}
