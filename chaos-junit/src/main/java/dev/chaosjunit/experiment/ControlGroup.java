// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.PlannedKills;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.load.LoadGenerator;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.ReplicaLoad;
import dev.chaosjunit.load.Routes;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replicas that the faults spare, which loads reach beside the others, in turn: what hits all at the same time, such as a
 * machine that is busy, is not held against the fault.
 *
 * @param routes of loads, by their URL, to each replica by its title; none where no limit is relative to a control
 */
record ControlGroup(Map<URI, Map<String, Routes>> routes) {
    /**
     * That of an experiment whose limits ask for one.
     *
     * @throws IllegalArgumentException where a load's pods are not selected by a fault, all of them are, or there is no way
     *     to single them, in words
     */
    static ControlGroup of(Experiment experiment, List<Injection> injections, Cluster cluster) {
        Map<URI, Map<String, Routes>> routes = new HashMap<>();
        experiment.controlled().ifPresent(limit -> {
            experiment.faults().forEach(fault -> checkStays(limit, fault));
            Set<String> faulted = injections.stream()
                    .flatMap(injection -> injection.instances().stream())
                    .map(Instance::title)
                    .collect(Collectors.toSet());
            for (LoadSpec load : experiment.loads()) {
                Map<String, Routes> replicas = replicas(load, cluster);
                check(limit, load.url(), replicas.keySet(), faulted);
                routes.put(load.url(), replicas);
            }
        });
        return new ControlGroup(routes);
    }

    private static Map<String, Routes> replicas(LoadSpec load, Cluster cluster) {
        List<ServiceEndpoint> services = NamespacedName.services(load.url().getHost(), cluster.services());
        Map<String, Routes> replicas = new LinkedHashMap<>();
        if (services.size() == 1) {
            cluster.replicas(services.get(0), load.port())
                    .forEach((pod, address) -> replicas.put(pod.title(), to(address)));
        }
        return replicas;
    }

    private static Routes to(InetSocketAddress address) {
        return (host, port) -> Optional.of(List.of(address));
    }

    private static void check(String limit, URI url, Set<String> replicas, Set<String> faulted) {
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException(limit + ": there is no way to the pods behind " + url
                    + " one by one here, so that none can be a control. Compare with the baseline");
        }
        if (replicas.stream().noneMatch(faulted::contains)) {
            throw new IllegalArgumentException(limit + ": the pods with the fault, " + sorted(faulted)
                    + ", do not answer " + url + " themselves, but " + sorted(replicas)
                    + " do. Send the load to them, or compare with the baseline");
        }
        if (faulted.containsAll(replicas)) {
            throw new IllegalArgumentException(limit + ": no pod behind " + url + " is spared by the fault, which has "
                    + sorted(replicas) + ". Spare one (mode = ONE, two replicas), or compare with the baseline");
        }
    }

    private static void checkStays(String limit, Fault fault) {
        if (fault.kills().flatMap(PlannedKills::deletion).isPresent()) {
            throw new IllegalArgumentException(
                    limit + ": " + fault.describe() + " deletes pods, and what comes in their"
                            + " place is not reached as they were. Compare with the baseline");
        }
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    /** Loads that go to each replica in turn, where there is a control; others as before. */
    LoadGenerator over(LoadGenerator generator) {
        return (spec, others) -> {
            Map<String, Routes> replicas = routes.get(spec.url());
            return replicas == null ? generator.start(spec, others) : ReplicaLoad.start(spec, replicas);
        };
    }
}
