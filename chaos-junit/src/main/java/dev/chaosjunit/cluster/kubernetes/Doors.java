// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.ServiceEndpoint;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the test's own process gets at Services, whose cluster IPs only pods can reach: beside each of them stands one of
 * type NodePort with the same pods behind it, so that load passes nothing but the node's own packet rules. Where a node
 * port cannot be reached from here, the API server forwards the port.
 */
final class Doors {
    private static final String SUFFIX = "-chaos-door";
    private static final int LONGEST_NAME = 63;
    private static final int CONNECT_MILLIS = 1000;
    private static final long OPEN_MILLIS = 5000;
    private static final long LOOK_MILLIS = 50;

    private final Platform platform;
    private final PortForwards forwards;
    private final String run;
    private final List<String> forwarded = new ArrayList<>();
    private boolean throughNodes;

    Doors(Platform platform, PortForwards forwards, String run) {
        this.platform = platform;
        this.forwards = forwards;
        this.run = run;
    }

    /** The Service as pods see it and as we reach it through its door. */
    ServiceEndpoint endpoint(Service service, Service door) {
        Map<Integer, List<InetSocketAddress>> reach = new LinkedHashMap<>();
        for (int i = 0; i < service.getSpec().getPorts().size(); i++) {
            ServicePort port = service.getSpec().getPorts().get(i);
            int nodePort = door.getSpec().getPorts().get(i).getNodePort();
            reach.put(port.getPort(), List.of(reach(service, port, nodePort)));
        }
        String ip = service.getSpec().getClusterIP();
        return new ServiceEndpoint(
                service.getMetadata().getName(),
                ip == null || ip.equals("None") ? List.of() : List.of(ip),
                service.getSpec().getPorts().stream().collect(Collectors.toMap(Doors::name, ServicePort::getPort)),
                service.getSpec().getSelector(),
                reach);
    }

    /** Whether load comes to the pods from other addresses than the kubelet's probes do. */
    boolean areApart() {
        return platform.hasOneNode() || !throughNodes;
    }

    /** Names of Services that are reached by a port-forward. */
    List<String> forwarded() {
        return List.copyOf(forwarded);
    }

    private InetSocketAddress reach(Service service, ServicePort port, int nodePort) {
        Optional<InetSocketAddress> direct = platform.nodePort(nodePort).filter(Doors::opens);
        if (direct.isPresent()) {
            throughNodes = true;
            return direct.get();
        }
        forwarded.add(service.getMetadata().getName());
        return forwards.service(
                service.getMetadata().getNamespace(), service.getMetadata().getName(), port.getPort());
    }

    /** Packet rules follow the pods' readiness by a moment. */
    private static boolean opens(InetSocketAddress address) {
        long deadline = System.nanoTime() + OPEN_MILLIS * 1_000_000;
        do {
            try (Socket socket = new Socket()) {
                socket.connect(address, CONNECT_MILLIS);
                return true;
            } catch (IOException e) {
                if (!pause()) {
                    return false;
                }
            }
        } while (System.nanoTime() < deadline);
        return false;
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The door to put beside a Service that the API server has accepted. */
    Service door(Service service) {
        String name = service.getMetadata().getName();
        List<ServicePort> ports =
                service.getSpec().getPorts().stream().map(this::nodePort).toList();
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(name.substring(0, Math.min(name.length(), LONGEST_NAME - SUFFIX.length())) + SUFFIX)
                .withNamespace(service.getMetadata().getNamespace())
                .withLabels(Marks.of(run))
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withExternalTrafficPolicy(platform.hasOneNode() ? "Local" : "Cluster")
                .withSelector(service.getSpec().getSelector())
                .withPorts(ports)
                .endSpec()
                .build();
    }

    private ServicePort nodePort(ServicePort port) {
        int wanted = platform.nextNodePort();
        return new ServicePortBuilder()
                .withName(name(port))
                .withPort(port.getPort())
                .withProtocol(port.getProtocol())
                .withTargetPort(port.getTargetPort() == null ? new IntOrString(port.getPort()) : port.getTargetPort())
                .withNodePort(wanted == 0 ? null : wanted)
                .build();
    }

    private static String name(ServicePort port) {
        return port.getName() == null ? String.valueOf(port.getPort()) : port.getName();
    }
}
