// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which ready pods are behind which Service, now; told to the packet rules whenever it changes. */
final class Endpoints {

    private final NodeNetwork network;
    private final AddressPlan plan;
    private final List<Pod> pods;
    private final Map<String, ServiceSpec> services = new LinkedHashMap<>();
    private final Map<String, String> clusterIps = new LinkedHashMap<>();
    private String rules = "";
    private boolean closed;

    Endpoints(NodeNetwork network, AddressPlan plan, List<ServiceSpec> services, List<Pod> pods) {
        this.network = network;
        this.plan = plan;
        this.pods = pods;
        for (ServiceSpec service : services) {
            this.services.put(service.name(), service);
            if (!service.headless()) {
                clusterIps.put(service.name(), plan.service(clusterIps.size()));
            }
        }
    }

    /** Where a Service answers now; empty when there is no such Service. */
    Optional<List<String>> resolve(String service) {
        return Optional.ofNullable(services.get(service)).map(this::addresses);
    }

    List<ServiceEndpoint> services() {
        return services.values().stream()
                .map(service ->
                        ServiceEndpoint.direct(service.name(), addresses(service), ports(service), service.selector()))
                .toList();
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
        clusterIps.forEach((name, clusterIp) -> {
            for (ServicePort port : serviceNamed(name).ports()) {
                wanted.forward(clusterIp, port.port(), targets(serviceNamed(name), port));
            }
        });
        return wanted.hairpin(pods.stream().map(Pod::address).toList(), plan.gateway())
                .toString();
    }

    private List<String> targets(ServiceSpec service, ServicePort port) {
        return ready(service).stream()
                .map(pod ->
                        pod.address() + " . " + port.targetIn(pod.workload()).orElseThrow())
                .toList();
    }

    private List<String> addresses(ServiceSpec service) {
        String clusterIp = clusterIps.get(service.name());
        return clusterIp == null ? ready(service).stream().map(Pod::address).toList() : List.of(clusterIp);
    }

    private List<Pod> ready(ServiceSpec service) {
        return pods.stream()
                .filter(pod -> service.selects(pod.workload()) && pod.ready())
                .toList();
    }

    /** Nothing translates the port of a headless Service: its pods answer on their own. */
    private Map<String, Integer> ports(ServiceSpec service) {
        return service.ports().stream().collect(Collectors.toMap(ServicePort::name, port -> port(service, port)));
    }

    private int port(ServiceSpec service, ServicePort port) {
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

    private ServiceSpec serviceNamed(String name) {
        return Optional.ofNullable(services.get(name)).orElseThrow();
    }
}
