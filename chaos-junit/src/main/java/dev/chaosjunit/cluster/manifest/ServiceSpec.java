// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A Service.
 *
 * @param name its name, by which pods resolve it
 * @param headless without an address of its own: its name resolves to those of its pods
 * @param unready whether pods that are not ready are behind it too ({@code publishNotReadyAddresses})
 * @param selector labels a pod of its namespace must have to be behind it
 * @param ports what it forwards; may be empty for a headless one
 */
public record ServiceSpec(
        String namespace,
        String name,
        boolean headless,
        boolean unready,
        Map<String, String> selector,
        List<ServicePort> ports) {

    public ServiceSpec {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /** Whether the pods of a workload are behind this Service. */
    public boolean selects(Workload workload) {
        return namespace.equals(workload.namespace())
                && workload.labels().entrySet().containsAll(selector.entrySet());
    }

    /** Such as {@code Service/user-api}, with the namespace between where it is not {@code default}. */
    public String title() {
        return Workload.title("Service", namespace, name);
    }

    /** The name, with the namespace after it where that is not {@code default}. */
    public String shortName() {
        return namespace.equals(Workload.DEFAULT_NAMESPACE) ? name : name + "." + namespace;
    }

    /**
     * A port of a Service.
     *
     * @param name its name; the number as text when the manifest gives none
     * @param port the number clients use
     * @param target the container port behind it, by number or by name
     */
    public record ServicePort(String name, int port, String target, Protocol protocol) {

        /** The number of the target port in the pods of a workload; empty when they have no port of that name. */
        public OptionalInt targetIn(Workload workload) {
            if (target.chars().allMatch(Character::isDigit)) {
                return OptionalInt.of(Integer.parseInt(target));
            }
            return workload.pod().ports().stream()
                    .filter(port -> port.name().equals(target) && port.protocol() == protocol)
                    .mapToInt(ContainerPort::number)
                    .findFirst();
        }
    }
}
