// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The word of Chaos Mesh that a fault was injected: all there is, because it counts no packets. */
final class ChaosWitness {
    private ChaosWitness() {}

    /** One result a pod; where there is no pod, one that says so, because a fault without results would pass. */
    static List<FaultResult> of(Fault fault, @Nullable ChaosStatus status) {
        List<PodRecord> pods = status == null ? List.of() : status.pods();
        if (pods.isEmpty()) {
            return List.of(result(fault, "no pod", "Chaos Mesh: injected 0 of 0", Outcome.INCONCLUSIVE));
        }
        String words =
                "Chaos Mesh: injected " + pods.stream().filter(PodRecord::isHit).count() + " of " + pods.size();
        return pods.stream().map(pod -> of(fault, pod, words)).toList();
    }

    private static FaultResult of(Fault fault, PodRecord pod, String words) {
        return pod.isHit()
                ? result(fault, pod.pod(), words, Outcome.PASSED)
                : result(fault, pod.pod(), words + ", " + pod.describe(), Outcome.INCONCLUSIVE);
    }

    private static FaultResult result(Fault fault, String pod, String words, Outcome witness) {
        MeshFault<?> mesh = MeshFault.of(fault);
        return FaultResult.of(fault.describe(), pod, fault.unit())
                .mechanism(mesh.kind().resource().kind() + " of Chaos Mesh")
                .requestedDelayMs(fault.latency().map(Latency::millis).orElse(null))
                .detail(words + (fault.kills().isPresent() ? "" : "; packets were not counted") + mesh.caveat())
                .witness(witness)
                .build();
    }
}
