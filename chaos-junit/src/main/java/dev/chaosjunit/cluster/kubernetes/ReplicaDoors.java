// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Instance;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * How the test's own process gets at the pods behind a Service one by one: for each there is a Service of ours of type
 * NodePort, whose only endpoint it is, so that load comes to it the way it comes through the Service itself.
 */
final class ReplicaDoors {
    private static final int LONGEST_NAME = 50; // leaves room for the port

    private final Kubernetes kubernetes;
    private final String run;
    private final UnaryOperator<HasMetadata> apply;
    private final Map<String, InetSocketAddress> open = new HashMap<>();

    /** Those of a run; what they apply is taken away with all else. */
    ReplicaDoors(Kubernetes kubernetes, String run, UnaryOperator<HasMetadata> apply) {
        this.kubernetes = kubernetes;
        this.run = run;
        this.apply = apply;
    }

    /**
     * By pod, once connections are taken.
     *
     * @param pods that are behind the Service and ready
     */
    Map<Instance, InetSocketAddress> open(ServicePort port, List<Pod> pods) {
        Map<Instance, InetSocketAddress> replicas = new LinkedHashMap<>();
        for (Pod pod : pods) {
            PodInstance.of(pod)
                    .ifPresent(instance ->
                            target(port, pod).ifPresent(target -> replicas.put(instance, door(pod, target))));
        }
        OpenPorts.await(replicas.values());
        return replicas;
    }

    private static OptionalInt target(ServicePort port, Pod pod) {
        IntOrString target = port.getTargetPort();
        if (target == null) {
            return OptionalInt.of(port.getPort());
        }
        if (target.getStrVal() == null) {
            return OptionalInt.of(target.getIntVal());
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(each -> target.getStrVal().equals(each.getName()))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst();
    }

    private InetSocketAddress door(Pod pod, int target) {
        String key = pod.getMetadata().getUid() + ":" + target;
        InetSocketAddress known = open.get(key);
        if (known == null) {
            known = make(pod, target);
            open.put(key, known);
        }
        return known;
    }

    private InetSocketAddress make(Pod pod, int target) {
        String name = name(pod.getMetadata().getName(), target);
        int wanted = kubernetes.nextNodePort();
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(pod.getMetadata().getNamespace())
                .withLabels(Marks.of(run))
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withExternalTrafficPolicy(kubernetes.hasOneNode() ? "Local" : null)
                .addNewPort()
                .withPort(target)
                .withNewTargetPort(target)
                .withNodePort(wanted == 0 ? null : wanted)
                .endPort()
                .endSpec()
                .build();
        Service accepted = (Service) apply.apply(service);
        var unused = apply.apply(slice(name, pod, target));
        return kubernetes.nodePort(accepted.getSpec().getPorts().get(0).getNodePort());
    }

    /** A pod's name is nobody else's in its namespace; its end tells it from its like. */
    private static String name(String pod, int target) {
        return "chaos-" + pod.substring(Math.max(0, pod.length() - LONGEST_NAME)) + "-" + target;
    }

    private EndpointSlice slice(String name, Pod pod, int target) {
        Map<String, String> labels = new HashMap<>(Marks.of(run));
        labels.put("kubernetes.io/service-name", name);
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(pod.getMetadata().getNamespace())
                .withLabels(labels)
                .endMetadata()
                .withAddressType(pod.getStatus().getPodIP().contains(":") ? "IPv6" : "IPv4")
                .addNewEndpoint()
                .withAddresses(pod.getStatus().getPodIP())
                .withNodeName(pod.getSpec().getNodeName())
                .withNewConditions()
                .withReady(true)
                .endConditions()
                .endEndpoint()
                .addNewPort()
                .withName("")
                .withPort(target)
                .withProtocol("TCP")
                .endPort()
                .build();
    }
}
