// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What each pod of a workload is.
 *
 * @param initContainers run to their end one after another, before the others start
 * @param containers run side by side, one at least
 * @param volumes what containers may mount
 * @param restartPolicy when a container that ends is started again
 * @param gracePeriod how long it may take to end after SIGTERM
 * @param listener which calls of its processes can be disturbed; absent for pods that run as they are
 * @param hostname its host name; empty for the pod's name
 * @param subdomain the headless Service under which the pod has a name in DNS; empty for none
 * @param serviceLinks whether variables tell it of the Services in its namespace
 */
public record PodSpec(
        List<ContainerSpec> initContainers,
        List<ContainerSpec> containers,
        List<Volume> volumes,
        RestartPolicy restartPolicy,
        Duration gracePeriod,
        Optional<Listener> listener,
        String hostname,
        String subdomain,
        boolean serviceLinks) {

    public PodSpec {
        initContainers = List.copyOf(initContainers);
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
    }

    /** The same with other containers. */
    public PodSpec with(List<ContainerSpec> others) {
        return new PodSpec(
                initContainers,
                others,
                volumes,
                restartPolicy,
                gracePeriod,
                listener,
                hostname,
                subdomain,
                serviceLinks);
    }

    /** Init containers and the others, in the order they start. */
    public Stream<ContainerSpec> allContainers() {
        return Stream.concat(initContainers.stream(), containers.stream());
    }

    /** The ports of all containers. */
    public List<ContainerPort> ports() {
        return containers.stream()
                .flatMap(container -> container.ports().stream())
                .toList();
    }

    /** As Kubernetes calls them. */
    public enum RestartPolicy {
        ALWAYS,
        ON_FAILURE,
        NEVER
    }
}
