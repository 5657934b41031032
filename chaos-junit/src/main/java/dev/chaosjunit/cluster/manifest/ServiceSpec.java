// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.List;
import java.util.Map;

/**
 * A Service.
 *
 * @param name its name, by which pods resolve it
 * @param headless without an address of its own: its name resolves to those of its ready pods
 * @param selector labels a pod must have to be behind it
 * @param ports what it forwards
 */
public record ServiceSpec(String name, boolean headless, Map<String, String> selector, List<ServicePort> ports) {

    public ServiceSpec {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /** Whether the pods of a workload are behind this Service. */
    public boolean selects(Workload workload) {
        return workload.labels().entrySet().containsAll(selector.entrySet());
    }
}
