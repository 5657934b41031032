// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.time.Duration;
import java.util.Map;

/**
 * A Deployment.
 *
 * @param name its name; pods are called {@code <name>-<index>}
 * @param replicas how many pods, 0 or more
 * @param labels the labels of each pod
 * @param container what each pod runs
 * @param gracePeriod how long a pod may take to end after SIGTERM
 */
public record Workload(
        String name, int replicas, Map<String, String> labels, ContainerSpec container, Duration gracePeriod) {

    public Workload {
        labels = Map.copyOf(labels);
    }
}
