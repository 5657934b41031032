// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.Workload.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The names of all pods. Those of StatefulSets and Pods are given; the others, which in Kubernetes end at random, take
 * the next number that is free, so that a Deployment may be called as a StatefulSet is.
 */
final class PodNames {
    private final Map<Workload, List<PodName>> names = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Name the pods of all workloads; fail where two must have the same name. */
    PodNames(Collection<Workload> workloads) {
        workloads.stream().filter(PodNames::isGiven).forEach(this::add);
        workloads.stream().filter(workload -> !isGiven(workload)).forEach(this::add);
    }

    /** Those of a workload, in order. */
    List<PodName> of(Workload workload) {
        return Objects.requireNonNull(names.get(workload));
    }

    /** One more of a workload whose pods' names are not given: none that a pod ever had. */
    synchronized PodName next(Workload workload) {
        for (int number = 0; ; number++) {
            String name = workload.name() + "-" + number;
            if (taken.add(workload.namespace() + "/" + name)) {
                return PodName.of(workload, name);
            }
        }
    }

    private static boolean isGiven(Workload workload) {
        return workload.kind() == Kind.STATEFUL_SET || workload.kind() == Kind.POD;
    }

    private void add(Workload workload) {
        List<PodName> all = new ArrayList<>();
        for (int number = 0; all.size() < workload.replicas(); number++) {
            String name = workload.kind() == Kind.POD ? workload.name() : workload.name() + "-" + number;
            if (taken.add(workload.namespace() + "/" + name)) {
                all.add(PodName.of(workload, name));
            } else if (isGiven(workload)) {
                throw new ClusterException(workload.title() + ": another object has a pod named " + name);
            }
        }
        names.put(workload, List.copyOf(all));
    }
}
