// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Deployment.
 *
 * @param name its name; pods are called {@code <name>-<index>}
 * @param replicas how many pods, 0 or more
 * @param labels the labels of each pod
 * @param container what each pod runs
 * @param listener which calls of its pods can be disturbed; absent for pods that run as they are
 * @param gracePeriod how long a pod may take to end after SIGTERM
 */
public record Workload(
        String name,
        int replicas,
        Map<String, String> labels,
        ContainerSpec container,
        Optional<Listener> listener,
        Duration gracePeriod) {

    public Workload {
        labels = Map.copyOf(labels);
    }
}
