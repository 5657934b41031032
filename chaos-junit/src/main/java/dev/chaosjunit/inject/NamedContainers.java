// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodContainer;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.List;

/** The containers of a pod that a kill is for. */
final class NamedContainers {
    private NamedContainers() {}

    /** Their names; those that no manifest has are refused here. */
    static List<String> of(Fault fault, Instance pod, Cluster cluster) {
        List<String> there =
                cluster.containers(pod).stream().map(PodContainer::name).toList();
        List<String> wanted = fault.kills().orElseThrow().containers();
        wanted.stream().filter(name -> !there.contains(name)).findFirst().ifPresent(name -> {
            throw new InjectionException(
                    Cause.TEST,
                    "@" + fault.name() + "(containerNames): pod " + pod.title() + " has no container " + name + " but "
                            + there);
        });
        if (there.isEmpty()) {
            throw new InjectionException(Cause.FAILURE, fault.describe() + ": pod " + pod.title() + " is gone");
        }
        return wanted.isEmpty() ? there.subList(0, 1) : wanted;
    }
}
