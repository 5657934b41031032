// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.Map;

/**
 * One running pod.
 *
 * @param name the pod's name, unique in its cluster
 * @param workload the Deployment it belongs to
 * @param labels the pod's labels
 * @param address the pod's IP address
 * @param pid the process, as the machine that runs the pod numbers it; its network namespace is the pod's
 * @param device the pod's network interface, seen from inside
 * @param ports container ports by name; ports without a name appear under their number
 */
public record Instance(
        String name,
        String workload,
        Map<String, String> labels,
        String address,
        long pid,
        String device,
        Map<String, Integer> ports) {

    public Instance {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
    }
}
