// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.cluster.kubernetes.RelayedPorts.Target;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the test's own process gets at Services, whose cluster IPs only pods can reach: beside each of them stands one of
 * type NodePort with the same pods behind it, so that load passes nothing but the node's own packet rules. Where no node
 * port can be reached from here, a relay in the cluster connects to the Services, and the API server forwards its ports.
 * Either way load comes to pods by their network, and meets the faults there.
 */
final class Doors implements AutoCloseable {
    private static final String SUFFIX = "-chaos-door";
    private static final int LONGEST_NAME = 63;

    private final Kubernetes kubernetes;
    private final PortForwards forwards;
    private final String run;
    private final List<Entrance> entrances = new ArrayList<>();
    private final RelayedPorts relayed = new RelayedPorts();
    private final Consumer<String> lost;
    private String way = "";

    /** A Service, and its door: where none is wanted, that is the Service itself. */
    private record Entrance(Service service, Service door) {
        Target target(ServicePort port) {
            String address = clusterIp(service).or(() -> clusterIp(door)).orElseThrow();
            return new Target(service.getMetadata().getNamespace(), address, port.getPort());
        }

        /** Load is TCP. */
        Stream<ServicePort> ports() {
            return service.getSpec().getPorts().stream()
                    .filter(port ->
                            port.getProtocol() == null || port.getProtocol().equals("TCP"));
        }

        int nodePort(ServicePort port) {
            int index = service.getSpec().getPorts().indexOf(port);
            return door.getSpec().getPorts().get(index).getNodePort();
        }
    }

    /** Those of a run; {@code lost} is told when load can get at them no longer, through no doing of theirs. */
    Doors(Kubernetes kubernetes, PortForwards forwards, String run, Consumer<String> lost) {
        this.kubernetes = kubernetes;
        this.forwards = forwards;
        this.run = run;
        this.lost = lost;
    }

    /**
     * Put a door beside a Service that the API server has accepted. A relay needs none but for a headless Service, which
     * has no address of its own.
     */
    void add(Service service, UnaryOperator<Service> apply) {
        boolean wanted = kubernetes.mayReachNodePorts() || clusterIp(service).isEmpty();
        entrances.add(new Entrance(service, wanted ? apply.apply(door(service)) : service));
    }

    /** Start what takes its time, while pods start. */
    void prepare() {
        if (!kubernetes.mayReachNodePorts()) {
            relay();
        }
    }

    /** The Services as pods see them and as we reach them, once there are pods behind them. */
    List<ServiceEndpoint> open() {
        if (relayed.isEmpty() && kubernetes.mayReachNodePorts() && !OpenPorts.await(nodePorts())) {
            relay();
        }
        way = relayed.isEmpty() ? ", load by node ports" : ", load by the relay through the API server";
        return entrances.stream().map(this::endpoint).toList();
    }

    /** Which way load goes, for the report. */
    String describe() {
        return entrances.isEmpty() ? "" : way;
    }

    /** Where there are no relays, load goes to node ports, whether or not anybody listens there. */
    private void relay() {
        List<Target> targets = entrances.stream()
                .flatMap(entrance -> entrance.ports().map(entrance::target))
                .toList();
        kubernetes.relays().ifPresent(starter -> relayed.start(targets, starter, forwards, lost));
    }

    private List<InetSocketAddress> nodePorts() {
        return entrances.stream()
                .flatMap(entrance -> entrance.ports().map(port -> kubernetes.nodePort(entrance.nodePort(port))))
                .toList();
    }

    private ServiceEndpoint endpoint(Entrance entrance) {
        Service service = entrance.service();
        Map<Integer, List<InetSocketAddress>> reach = new LinkedHashMap<>();
        entrance.ports().forEach(port -> reach.put(port.getPort(), List.of(reach(entrance, port))));
        return new ServiceEndpoint(
                service.getMetadata().getName(),
                service.getMetadata().getNamespace(),
                clusterIp(service).stream().toList(),
                service.getSpec().getPorts().stream().collect(Collectors.toMap(Doors::name, ServicePort::getPort)),
                Marks.without(service.getSpec().getSelector()),
                reach);
    }

    /** Whether load goes to node ports. */
    boolean areNodePorts() {
        return relayed.isEmpty() && kubernetes.mayReachNodePorts();
    }

    /** A port of a Service, as its manifest has it. */
    Optional<ServicePort> port(ServiceEndpoint service, int number) {
        return entrances.stream()
                .filter(entrance -> entrance.service().getMetadata().getName().equals(service.name())
                        && entrance.service().getMetadata().getNamespace().equals(service.namespace()))
                .flatMap(Entrance::ports)
                .filter(port -> port.getPort() == number)
                .findFirst();
    }

    /** Whether load comes to the pods from other addresses than the kubelet's probes do. */
    boolean areApart() {
        return relayed != null || kubernetes.hasOneNode();
    }

    private InetSocketAddress reach(Entrance entrance, ServicePort port) {
        return relayed.isEmpty() ? kubernetes.nodePort(entrance.nodePort(port)) : relayed.reach(entrance.target(port));
    }

    @Override
    public void close() {
        relayed.close();
    }

    private static Optional<String> clusterIp(Service service) {
        return Optional.ofNullable(service.getSpec().getClusterIP()).filter(ip -> !ip.equals("None"));
    }

    private Service door(Service service) {
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
                .withType(kubernetes.mayReachNodePorts() ? "NodePort" : "ClusterIP")
                .withExternalTrafficPolicy(kubernetes.mayReachNodePorts() && kubernetes.hasOneNode() ? "Local" : null)
                .withSelector(service.getSpec().getSelector())
                .withPublishNotReadyAddresses(service.getSpec().getPublishNotReadyAddresses())
                .withPorts(ports)
                .endSpec()
                .build();
    }

    private ServicePort nodePort(ServicePort port) {
        int wanted = kubernetes.nextNodePort();
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
