// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.KilledContainer.Sent;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ends of processes as proof that a pod was killed. Pure.
 *
 * @param asked how many kills were due
 * @param sent those that found a process
 * @param ends of all pods, as the runtime tells them
 * @param impossible why one found none; empty where all did
 */
record KillWitness(long asked, List<Sent> sent, List<PodEnd> ends, String impossible) {

    /**
     * The result, with how often the container was started again before the fault and until now.
     *
     * @param container its name, where that is to be told; else empty
     */
    FaultResult of(Fault fault, Instance pod, String container, long restartsBefore, long restarts) {
        Map<Handle, PodEnd> byLife =
                ends.stream().collect(Collectors.toMap(PodEnd::life, end -> end, (one, other) -> one));
        long seen = sent.stream()
                .map(Sent::life)
                .distinct()
                .filter(byLife::containsKey)
                .count();
        List<String> words = new ArrayList<>();
        words.add((container.isEmpty() ? "" : "container " + container + ": ") + "kills asked for " + asked
                + ", possible " + sent.size() + ", ends seen " + seen);
        words.add("restart count " + restartsBefore + " → " + restarts);
        sent.forEach(one -> words.add(describe(one, byLife)));
        if (!impossible.isEmpty()) {
            words.add("not possible, the last time: " + impossible);
        }
        return FaultResult.of(fault.describe(), pod.title(), fault.unit())
                .node(pod.node())
                .mechanism("signal by pidfd")
                .counters(new FaultResult.Counters(asked, sent.size(), seen, 0, 0, null, 0))
                .onToFirstHitMs(sent.stream()
                        .findFirst()
                        .map(one -> one.into().toNanos() / 1e6)
                        .orElse(null))
                .detail(String.join("; ", words))
                .witness(seen > 0 ? Outcome.PASSED : Outcome.INCONCLUSIVE)
                .build();
    }

    private static String describe(Sent one, Map<Handle, PodEnd> byLife) {
        PodEnd end = byLife.get(one.life());
        return "at " + Durations.tenths(one.into()) + " pid " + one.pid() + ": "
                + (end == null ? "it did not end" : end.how());
    }
}
