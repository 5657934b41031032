// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.FaultResult.Counters;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** How many requests each fault touched, by what its pods counted. Pure. */
final class TouchedRequests {
    private TouchedRequests() {}

    /**
     * One a fault, but none for a fault that was not counted.
     *
     * @param requests how many were sent while a fault was on
     */
    static List<Touched> of(List<FaultWitness> witnesses, ToLongFunction<Fault> requests) {
        List<Touched> touched = new ArrayList<>();
        for (FaultWitness witness : witnesses) {
            List<Counters> pods = witness.pods().stream()
                    .map(FaultResult::counters)
                    .filter(Objects::nonNull)
                    .toList();
            if (!pods.isEmpty() && !witness.fault().unit().isOfPod()) { // no request
                touched.add(of(witness.fault(), pods, requests.applyAsLong(witness.fault())));
            }
        }
        return touched;
    }

    private static Touched of(Fault fault, List<Counters> pods, long requests) {
        long hits = pods.stream().mapToLong(Counters::hit).sum();
        long requestsTouched = pods.stream().mapToLong(Counters::touched).sum();
        boolean counted = pods.stream().allMatch(pod -> pod.connections() != null);
        double wanted = fault.minTouched().fraction();
        return new Touched(
                fault.describe(),
                String.format(Locale.ROOT, "%,d %s", hits, fault.unit().of(hits)),
                counted ? connections(pods) : null,
                requestsTouched,
                requests,
                wanted,
                requestsTouched < wanted * requests ? Outcome.INCONCLUSIVE : Outcome.PASSED);
    }

    private static long connections(List<Counters> pods) {
        return pods.stream()
                .map(Counters::connections)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
