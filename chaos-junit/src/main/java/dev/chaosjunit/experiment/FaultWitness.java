// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a fault was seen to do.
 *
 * @param pods one result a pod, or several where its process was hit anew
 */
record FaultWitness(Fault fault, List<FaultResult> pods) {

    FaultWitness {
        pods = List.copyOf(pods);
    }

    /** The results of all faults. */
    static List<FaultResult> pods(List<FaultWitness> faults) {
        return faults.stream().flatMap(fault -> fault.pods().stream()).toList();
    }

    /** Whether it hit somebody who uses one of its pods. */
    boolean isHit() {
        return !hit().isEmpty();
    }

    /** The names of the pods that were hit so. */
    Set<String> hit() {
        return pods.stream()
                .filter(pod -> pod.witness() == Outcome.PASSED)
                .map(FaultResult::instance)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those of the others. A pod that restarted has a result for each of its processes: one of them is enough. */
    List<FaultResult> unhit() {
        Set<String> hit = hit();
        return pods.stream().filter(pod -> !hit.contains(pod.instance())).toList();
    }

    /** Whether it met anybody at all: who probes the pods, where it is not hit. */
    boolean metProbes() {
        return pods.stream().map(FaultResult::counters).anyMatch(counters -> counters != null && counters.hit() > 0);
    }

    /** What was seen instead, pod by pod. */
    static String sight(List<FaultResult> pods) {
        return pods.stream().map(pod -> pod.instance() + ": " + sight(pod)).collect(Collectors.joining("; "));
    }

    private static String sight(FaultResult pod) {
        FaultResult.Counters counters = pod.counters();
        if (counters == null || pod.unit().isOfPod()) {
            return pod.detail();
        }
        if (counters.hit() > 0) {
            return pod.probes();
        }
        return counters.matched() + " of " + counters.seen() + " " + pod.unit().of(counters.seen()) + " matched"
                + (counters.matched() > 0 ? ", none was hit" + share(pod) : instead(pod))
                + (pod.probes().isEmpty() ? "" : ", it " + pod.probes())
                + (pod.hint().isEmpty() ? "" : "; " + pod.hint());
    }

    private static String instead(FaultResult pod) {
        if (!pod.sawInstead().isEmpty()) {
            return ", it saw instead: " + pod.sawInstead();
        }
        return pod.unit() == Unit.CALL
                        && pod.counters() != null
                        && pod.counters().seen() > 0
                ? ""
                : ", it saw none at all";
    }

    private static String share(FaultResult pod) {
        return pod.share() == null ? "" : ": it " + pod.share().describe();
    }
}
