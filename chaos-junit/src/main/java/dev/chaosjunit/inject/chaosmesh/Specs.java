// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.Injection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Faults as the {@code spec} of a resource. */
final class Specs {
    /** We end a fault ourselves. Where this JVM was killed, Chaos Mesh does, this much later. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final RunPods pods;

    Specs(RunPods pods) {
        this.pods = pods;
    }

    /** The fault on pods that Chaos Mesh chooses as the annotation says. */
    Map<String, Object> chosen(Injection injection) {
        return spec(injection, PodSelector.of(injection.fault(), pods));
    }

    /** The fault on certain pods: those that came later in the place of others. */
    Map<String, Object> named(Injection injection) {
        List<String> names = injection.targets().stream()
                .map(target -> target.instance().name())
                .toList();
        return spec(injection, PodSelector.named(names, pods));
    }

    private Map<String, Object> spec(Injection injection, Map<String, Object> selector) {
        Fault fault = injection.fault();
        Map<String, Object> spec = new LinkedHashMap<>(selector);
        spec.putAll(MeshFault.of(fault).fields());
        fault.traffic().ifPresent(packets -> {
            List<Cidr> beyond = beyondPods(packets, injection.peers());
            spec.putAll(new TrafficSpec(fault, packets, pods, beyond).fields());
        });
        Unsupported.refuseMinTouched(fault);
        // It counts from the creation of the resource, not from when all pods are under the fault.
        spec.put("duration", GoDuration.of(fault.duration().plus(GRACE)));
        return spec;
    }

    /** Chaos Mesh finds the addresses of the target's pods itself, but not those of the Services in front of them. */
    private List<Cidr> beyondPods(Traffic packets, List<Cidr> peers) {
        Set<Cidr> ofPods = packets.target().stream()
                .flatMap(target -> pods.running().get().stream().filter(pod -> pod.isSelectedBy(target)))
                .map(pod -> Cidr.parse(pod.address()))
                .collect(Collectors.toSet());
        return peers.stream().filter(peer -> !ofPods.contains(peer)).toList();
    }
}
