// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Probing;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kubelet's probes of a pod that come over its network: all but {@code exec}, which runs in the container. */
final class PodProbes {
    private static final int PERIOD_SECONDS = 10;
    private static final int TIMEOUT_SECONDS = 1;

    private PodProbes() {}

    /**
     * What the kubelet asks a pod, as the API server has it.
     *
     * @param apart whether load comes from other addresses than the node's
     */
    static Probing of(Pod pod, boolean apart) {
        List<Probing.Probe> probes = Stream.concat(
                        pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .flatMap(container -> due(container, pod))
                .toList();
        return probes.isEmpty() ? Probing.NONE : new Probing(addresses(pod), probes, apart);
    }

    /** From the pod's gateway where a bridge or the node's own stack is one, else from the node's address. */
    private static List<String> addresses(Pod pod) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(Probing.GATEWAY);
        Optional.ofNullable(pod.getStatus().getHostIP()).ifPresent(addresses::add);
        pod.getStatus().getHostIPs().stream().map(HostIP::getIp).forEach(addresses::add);
        return List.copyOf(addresses);
    }

    /** Until its startup probe has succeeded a container is asked nothing else, and from then on not by that. */
    private static Stream<Probing.Probe> due(Container container, Pod pod) {
        Stream<Probe> probes = container.getStartupProbe() != null && !isStarted(container, pod)
                ? Stream.of(container.getStartupProbe())
                : Stream.of(container.getReadinessProbe(), container.getLivenessProbe())
                        .flatMap(Stream::ofNullable);
        return probes.flatMap(probe -> connection(probe, container, pod).stream());
    }

    private static boolean isStarted(Container container, Pod pod) {
        return Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream())
                .filter(status -> status.getName().equals(container.getName()))
                .map(ContainerStatus::getStarted)
                .anyMatch(Boolean.TRUE::equals);
    }

    private static Optional<Probing.Probe> connection(Probe probe, Container container, Pod pod) {
        return port(probe, container, pod)
                .map(port -> new Probing.Probe(
                        port,
                        seconds(probe.getPeriodSeconds(), PERIOD_SECONDS),
                        seconds(probe.getTimeoutSeconds(), TIMEOUT_SECONDS)));
    }

    private static Optional<Integer> port(Probe probe, Container container, Pod pod) {
        HTTPGetAction http = probe.getHttpGet();
        if (http != null) {
            return isOf(pod, http.getHost()) ? number(http.getPort(), container) : Optional.empty();
        }
        TCPSocketAction socket = probe.getTcpSocket();
        if (socket != null) {
            return isOf(pod, socket.getHost()) ? number(socket.getPort(), container) : Optional.empty();
        }
        return Optional.ofNullable(probe.getGrpc()).map(grpc -> grpc.getPort());
    }

    /** A probe may ask another host than the pod. */
    private static boolean isOf(Pod pod, @Nullable String host) {
        return host == null || host.isEmpty() || host.equals(pod.getStatus().getPodIP());
    }

    private static Optional<Integer> number(IntOrString port, Container container) {
        if (port.getIntVal() != null) {
            return Optional.of(port.getIntVal());
        }
        return container.getPorts().stream()
                .filter(one -> port.getStrVal().equals(one.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    private static Duration seconds(@Nullable Integer seconds, int otherwise) {
        return Duration.ofSeconds(seconds == null || seconds == 0 ? otherwise : seconds);
    }
}
