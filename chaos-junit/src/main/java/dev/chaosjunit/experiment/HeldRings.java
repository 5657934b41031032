// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.RingCounts;
import dev.chaosjunit.result.SloResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Operations of io_uring that could not be late by themselves: their whole ring was held with them, which is more than was
 * asked for. What was missed meanwhile is not held against the service. Pure.
 */
final class HeldRings {
    private HeldRings() {}

    /** What a reader must know first; empty where nothing was held. */
    static Optional<String> warning(List<FaultResult> faults) {
        String held = faults.stream()
                .filter(HeldRings::held)
                .map(HeldRings::describe)
                .collect(Collectors.joining("; "));
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of("Rings were held, with all that is in them, not only what was to be late: " + held
                        + ". Such are descriptors to be made (ACCEPT, OPENAT, SOCKET), registered files and buffers,"
                        + " provided buffers, chains, and what completes more than once.");
    }

    /**
     * The outcome, where holding could have caused it: objectives missed while the fault was on are undecided then.
     *
     * @param elsewhere what was found beside objectives in the fault window
     */
    static Outcome weigh(Outcome outcome, List<FaultResult> faults, List<SloResult> slos, Outcome elsewhere) {
        boolean missed = slos.stream().anyMatch(slo -> slo.window().equals("fault") && slo.outcome() == Outcome.FAILED);
        return missed && faults.stream().anyMatch(HeldRings::held) ? elsewhere.and(Outcome.INCONCLUSIVE) : outcome;
    }

    private static boolean held(FaultResult fault) {
        RingCounts rings = fault.rings();
        return rings != null && rings.held() > 0;
    }

    private static String describe(FaultResult fault) {
        RingCounts rings = fault.rings();
        long held = rings == null ? 0 : rings.held(), taken = rings == null ? 0 : rings.taken();
        return fault.instance() + ": " + fault.fault() + ": " + held + " of " + (held + taken) + " operations";
    }
}
