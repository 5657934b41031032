// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.SideEffect;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import java.util.List;
import java.util.Objects;

/** What faults did beyond what was asked for: an objective that was missed because of it decides nothing. Pure. */
record SideEffects(List<SideEffect> all) {

    static SideEffects of(List<FaultResult> faults) {
        return new SideEffects(faults.stream()
                .map(FaultResult::sideEffect)
                .filter(Objects::nonNull)
                .toList());
    }

    /** What has to be known before anything else is read, a line a pod and fault. */
    List<String> lines() {
        return all.stream().map(SideEffect::sentence).toList();
    }

    List<SloResult> judge(List<SloResult> during) {
        return during.stream()
                .map(slo -> slo.outcome() == Outcome.FAILED ? judge(slo) : slo)
                .toList();
    }

    private SloResult judge(SloResult missed) {
        return all.stream()
                .filter(effect -> mayExplain(effect, missed))
                .findFirst()
                .map(effect -> missed.undecided(effect.cause()))
                .orElse(missed);
    }

    private static boolean mayExplain(SideEffect effect, SloResult missed) {
        Double below = effect.belowMs();
        return below == null || (missed.limit() instanceof Limit.Latency limit && limit.millis() < below);
    }
}
