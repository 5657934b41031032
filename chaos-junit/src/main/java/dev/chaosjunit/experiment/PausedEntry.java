// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads whose every way in is paused: nobody answers then, however sound the services are, and there are objectives that
 * cannot hold. Pure.
 */
record PausedEntry(
        Experiment experiment, List<Injection> injections, List<Instance> pods, List<ServiceEndpoint> services) {

    /** A sentence for each objective. */
    List<String> warnings() {
        return injections.stream()
                .filter(injection -> injection.fault().pauses())
                .flatMap(injection -> experiment.loads().stream()
                        .filter(load -> isShut(load, injection))
                        .flatMap(load -> warnings(load, injection.fault())))
                .toList();
    }

    private boolean isShut(LoadSpec load, Injection injection) {
        Set<Instance> behind = new HashSet<>();
        for (ServiceEndpoint service : NamespacedName.services(load.url().getHost(), services)) {
            Selector selector = new Selector(service.selector()).in(List.of(service.namespace()));
            pods.stream()
                    .filter(pod -> !service.selector().isEmpty() && pod.isSelectedBy(selector))
                    .forEach(behind::add);
        }
        return !behind.isEmpty() && injection.instances().containsAll(behind);
    }

    private Stream<String> warnings(LoadSpec load, Fault fault) {
        return experiment.slos().stream()
                .filter(slo -> slo.phase() == Phase.FAULT)
                .flatMap(slo -> slo.objectives().stream())
                .filter(objective -> missed(objective, load, fault) > allowed(objective))
                .map(objective -> fault.describe() + ": " + load.url() + " enters by no other pod, so that about "
                        + Math.round(100 * missed(objective, load, fault)) + "% of its requests "
                        + (objective instanceof ErrorRateObjective ? "come to their time-out of " : "take longer than ")
                        + Durations.format(limit(objective, load)) + " meanwhile, whatever the services do: "
                        + objective.name() + " of @Slo(phase = FAULT) cannot hold.");
    }

    /** The share of the requests of the window that wait for longer than that: those sent before its end by so much. */
    private double missed(Objective objective, LoadSpec load, Fault fault) {
        double waiting = fault.duration().minus(limit(objective, load)).toNanos();
        return Math.max(0, waiting / experiment.longestFault().toNanos());
    }

    private static Duration limit(Objective objective, LoadSpec load) {
        return objective instanceof QuantileObjective quantile ? quantile.limit() : load.timeout();
    }

    private static double allowed(Objective objective) {
        return objective instanceof QuantileObjective quantile
                ? 1 - quantile.quantile()
                : ((ErrorRateObjective) objective).limit().fraction();
    }
}
