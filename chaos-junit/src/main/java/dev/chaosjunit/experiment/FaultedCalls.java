// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.observe.trace.Trace;
import dev.chaosjunit.observe.trace.Traces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which calls of services to one another a fault is on, as a reader's guide: those of the services whose pods it hits, and
 * where it has a target, only those that this is at the other end of.
 *
 * @param faults a pair each: services that are hit, and those at the other end; empty for any
 */
record FaultedCalls(List<Ends> faults) {

    record Ends(Set<String> hit, Optional<Set<String>> others) {
        boolean isOn(String from, String to) {
            return others.map(peers ->
                            (hit.contains(from) && peers.contains(to)) || (hit.contains(to) && peers.contains(from)))
                    .orElse(hit.contains(from) || hit.contains(to));
        }
    }

    static FaultedCalls of(FaultSchedule faults, Cluster cluster, Traces traces) {
        List<Ends> all = new ArrayList<>();
        for (Fault fault : faults.each()) {
            Optional<Selector> target = fault.traffic().flatMap(Traffic::target);
            all.add(new Ends(
                    services(faults.targets(fault), traces),
                    target.map(selector -> services(
                            cluster.instances().stream()
                                    .filter(pod -> pod.isSelectedBy(selector))
                                    .toList(),
                            traces))));
        }
        return new FaultedCalls(all);
    }

    boolean isOn(String from, String to) {
        return faults.stream().anyMatch(fault -> fault.isOn(from, to));
    }

    /** As the pods call themselves. */
    private static Set<String> services(Collection<Instance> pods, Traces traces) {
        Set<String> names = pods.stream().map(Instance::name).collect(Collectors.toSet());
        return traces.all().stream()
                .map(Trace::spans)
                .flatMap(List::stream)
                .filter(span -> names.contains(span.instance()))
                .map(span -> span.service())
                .collect(Collectors.toSet());
    }
}
