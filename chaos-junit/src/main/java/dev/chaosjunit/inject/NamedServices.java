// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.fault.Names;
import dev.chaosjunit.fault.Selector;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the manifests say of the names that a fault is about.
 *
 * @param addresses of the Services that its patterns mean
 * @param others the Services that they do not mean, by their names in full
 */
public record NamedServices(List<String> addresses, List<String> others) {
    /** For a fault that is about no name. */
    public static final NamedServices NONE = new NamedServices(List.of(), List.of());

    public NamedServices {
        addresses = List.copyOf(addresses);
        others = List.copyOf(others);
    }

    static NamedServices of(Names names, List<ServiceEndpoint> services, List<Instance> pods) {
        return new NamedServices(
                services.stream()
                        .filter(service -> names.means(service.domainName()))
                        .flatMap(service -> addresses(service, pods))
                        .distinct()
                        .toList(),
                services.stream()
                        .map(ServiceEndpoint::domainName)
                        .filter(name -> !names.means(name))
                        .toList());
    }

    /** A headless Service is its pods. */
    private static Stream<String> addresses(ServiceEndpoint service, List<Instance> pods) {
        if (!service.addresses().isEmpty() || service.selector().isEmpty()) {
            return service.addresses().stream();
        }
        Selector behind = new Selector(service.selector()).in(List.of(service.namespace()));
        return pods.stream().filter(pod -> pod.isSelectedBy(behind)).map(Instance::address);
    }
}
