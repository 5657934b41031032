// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.PodContainer;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pod of the API server as an instance. */
final class PodInstance {
    private static final String DEVICE = "eth0";
    private static final String HASH = "pod-template-hash";

    private PodInstance() {}

    /** Empty while it does not run, and once it is being deleted. */
    static Optional<Instance> of(Pod pod) {
        boolean runs = pod.getStatus() != null
                && "Running".equals(pod.getStatus().getPhase())
                && pod.getStatus().getPodIP() != null
                && pod.getMetadata().getDeletionTimestamp() == null;
        return runs ? container(pod).map(id -> instance(pod, id)) : Optional.empty();
    }

    /** What it is called, with its namespace. */
    static NamespacedName name(Pod pod) {
        return new NamespacedName(
                Optional.of(pod.getMetadata().getNamespace()), pod.getMetadata().getName());
    }

    /** The id of the first container, if that runs, without the runtime's name before it. */
    static Optional<String> container(Pod pod) {
        return statuses(pod).findFirst().flatMap(PodInstance::id);
    }

    /** Its containers as they are now. */
    static List<PodContainer> containers(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return statuses(pod)
                .map(status -> new PodContainer(
                        status.getName(),
                        id(status).map(id -> new Handle.Container(node, id)),
                        status.getRestartCount()))
                .toList();
    }

    /** In the order of the manifest: the kubelet sorts them by name. */
    private static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> container.getName().equals(status.getName())));
    }

    private static Optional<String> id(ContainerStatus status) {
        return Optional.ofNullable(status.getContainerID())
                .filter(id -> status.getState() != null && status.getState().getRunning() != null)
                .filter(id -> id.contains("://"))
                .map(id -> id.substring(id.indexOf("://") + 3));
    }

    private static Instance instance(Pod pod, String container) {
        return new Instance(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                pod.getMetadata().getNamespace(),
                workload(pod),
                Marks.without(pod.getMetadata().getLabels()),
                pod.getStatus().getPodIP(),
                new Handle.Container(pod.getSpec().getNodeName(), container),
                DEVICE,
                ports(pod));
    }

    /** The Deployment behind its ReplicaSet, or whatever else owns it. */
    private static String workload(Pod pod) {
        String hash = pod.getMetadata().getLabels().getOrDefault(HASH, "");
        return pod.getMetadata().getOwnerReferences().stream()
                .findFirst()
                .map(owner -> owner.getName())
                .map(name -> name.endsWith("-" + hash) ? name.substring(0, name.length() - hash.length() - 1) : name)
                .orElse(pod.getMetadata().getName());
    }

    private static Map<String, Integer> ports(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .collect(Collectors.toMap(PodInstance::name, ContainerPort::getContainerPort, (one, other) -> one));
    }

    private static String name(ContainerPort port) {
        return port.getName() == null ? String.valueOf(port.getContainerPort()) : port.getName();
    }
}
