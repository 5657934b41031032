// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.util.stream.Collectors.toMap;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.cluster.local.dns.NamedService;
import dev.chaosjunit.cluster.local.dns.NamedService.Backend;
import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import dev.chaosjunit.cluster.manifest.Workload;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which ready pods are behind which Service, now; told to the packet rules whenever it changes. */
final class Endpoints {

    private final NodeNetwork network;
    private final AddressPlan plan;
    private final List<Pod> pods;
    private final List<ServiceSpec> services;
    private final Map<ServiceSpec, String> clusterIps = new LinkedHashMap<>();
    private String rules = "";
    private boolean closed;

    Endpoints(NodeNetwork network, AddressPlan plan, List<ServiceSpec> services, List<Pod> pods) {
        this.network = network;
        this.plan = plan;
        this.pods = pods;
        this.services = services;
        services.stream()
                .filter(service -> !service.headless())
                .forEach(service -> clusterIps.put(service, plan.service(clusterIps.size())));
    }

    /** A Service as it is now; empty when there is no such Service. */
    Optional<NamedService> find(String namespace, String name) {
        return services.stream()
                .filter(service ->
                        service.namespace().equals(namespace) && service.name().equals(name))
                .findFirst()
                .map(this::now);
    }

    /** Those with an address of their own. */
    Map<ServiceSpec, String> clusterIps() {
        return Collections.unmodifiableMap(clusterIps);
    }

    List<ServiceEndpoint> services() {
        return services.stream().map(service -> endpoint(now(service))).toList();
    }

    /** The pods behind a port of a Service, each with where it listens. */
    Map<Instance, InetSocketAddress> replicas(ServiceEndpoint wanted, int number) {
        Map<Instance, InetSocketAddress> replicas = new LinkedHashMap<>();
        services.stream()
                .filter(service -> service.namespace().equals(wanted.namespace())
                        && service.name().equals(wanted.name()))
                .forEach(service -> service.ports().stream()
                        .filter(port -> number(service, port) == number)
                        .forEach(port -> behind(service)
                                .filter(Pod::ready)
                                .forEach(pod -> port.targetIn(pod.workload())
                                        .ifPresent(target -> replicas.put(
                                                pod.instance(), new InetSocketAddress(pod.address(), target))))));
        return replicas;
    }

    /** Bring the packet rules up to date with the pods' readiness. */
    synchronized void refresh() {
        String wanted = wantedRules();
        if (!closed && !wanted.equals(rules)) {
            network.replaceRules(wanted);
            rules = wanted;
        }
    }

    /** Leave the rules alone from now on: they end with the node. */
    synchronized void close() {
        closed = true;
    }

    private String wantedRules() {
        ServiceRules wanted = new ServiceRules();
        clusterIps.forEach((service, clusterIp) -> {
            for (ServicePort port : service.ports()) {
                wanted.forward(clusterIp, port.protocol(), port.port(), targets(service, port));
            }
        });
        return wanted.hairpin(pods.stream().map(Pod::address).toList(), plan.gateway())
                .toString();
    }

    private List<String> targets(ServiceSpec service, ServicePort port) {
        return behind(service)
                .map(pod ->
                        pod.address() + " . " + port.targetIn(pod.workload()).orElseThrow())
                .toList();
    }

    private NamedService now(ServiceSpec service) {
        return new NamedService(
                service,
                Optional.ofNullable(clusterIps.get(service)),
                behind(service).map(pod -> backend(pod, service)).toList());
    }

    /** What a pod is called counts only where it says to be below this Service. */
    private static Backend backend(Pod pod, ServiceSpec service) {
        Workload workload = pod.workload();
        boolean hasName = workload.kind() == Workload.Kind.STATEFUL_SET
                || !workload.pod().hostname().isEmpty();
        boolean declared = hasName && pod.id().subdomain().equals(service.name());
        return new Backend(declared ? pod.id().hostname() : pod.address().replace('.', '-'), pod.address(), workload);
    }

    private Stream<Pod> behind(ServiceSpec service) {
        return pods.stream()
                .filter(pod ->
                        service.selects(pod.workload()) && (pod.ready() || (service.unready() && pod.hasBegun())));
    }

    private ServiceEndpoint endpoint(NamedService now) {
        ServiceSpec service = now.spec();
        Map<Integer, List<InetSocketAddress>> reach = new HashMap<>();
        service.ports().stream()
                .filter(port -> port.protocol() == Protocol.TCP)
                .map(port -> number(service, port))
                .forEach(number -> reach.put(
                        number,
                        now.addresses().stream()
                                .map(address -> new InetSocketAddress(address, number))
                                .toList()));
        return new ServiceEndpoint(
                service.name(),
                service.namespace(),
                now.addresses(),
                service.ports().stream().collect(toMap(ServicePort::name, port -> number(service, port))),
                service.selector(),
                reach);
    }

    /** Nothing translates the port of a headless Service: its pods answer on their own. */
    private int number(ServiceSpec service, ServicePort port) {
        if (!service.headless()) {
            return port.port();
        }
        return pods.stream()
                .map(Pod::workload)
                .filter(service::selects)
                .findFirst()
                .map(workload -> port.targetIn(workload).orElseThrow())
                .orElse(port.port());
    }
}
