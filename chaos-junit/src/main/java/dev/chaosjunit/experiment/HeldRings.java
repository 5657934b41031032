// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.RingCounts;
import dev.chaosjunit.result.SloResult;
import java.util.List;
import java.util.Objects;

/**
 * Operations of io_uring that could not be late by themselves: their whole ring was held with them, which is more than was
 * asked for. An objective that was missed meanwhile is not held against the service. Pure.
 */
final class HeldRings {
    private final List<FaultResult> held;

    private HeldRings(List<FaultResult> held) {
        this.held = held;
    }

    static HeldRings of(List<FaultResult> faults) {
        return new HeldRings(faults.stream()
                .filter(fault -> fault.rings() != null && fault.rings().held() > 0)
                .toList());
    }

    /** What has to be known before anything else is read, a line a pod and fault. */
    List<String> lines() {
        return held.stream()
                .map(fault -> "Rings were held in " + fault.instance()
                        + ", with all that is in them, not only what was to be late: by " + count(fault) + " of "
                        + fault.fault() + ". Such are those that make descriptors, of registered files or buffers, in a"
                        + " chain, or that complete more than once.")
                .toList();
    }

    List<SloResult> judge(List<SloResult> during) {
        return during.stream()
                .map(slo -> held.isEmpty() || slo.outcome() != Outcome.FAILED ? slo : undecided(slo))
                .toList();
    }

    private SloResult undecided(SloResult slo) {
        FaultResult fault = held.get(0);
        return slo.undecided("rings of " + fault.instance() + " were held by " + count(fault));
    }

    private static String count(FaultResult fault) {
        RingCounts rings = Objects.requireNonNull(fault.rings());
        return rings.held() + " of " + (rings.held() + rings.taken()) + " operations";
    }
}
