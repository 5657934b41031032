// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a fault was ended before its time.
 *
 * @param after how long it had been on
 * @param planned how long it was to be on
 * @param broken the limit that was proved to be missed; empty where all were proved to be met
 */
record EarlyEnd(Duration after, Duration planned, Optional<SloResult> broken) {

    /** In a sentence. */
    String describe() {
        String when = "The fault was ended after " + Durations.tenths(after) + " of " + Durations.format(planned);
        return broken.map(slo -> when + ", as it was proved that for " + slo.load() + " " + slo.detail() + ".")
                .orElse(when + ", as every limit of the FAULT phase was proved to be met by then.");
    }

    /**
     * The verdicts on the window's requests, with what was proved: that stays proved, whatever the last of them were like.
     * A limit that is of no SLO gets a verdict of its own.
     */
    List<SloResult> weigh(List<SloResult> judged) {
        if (broken.isEmpty()) {
            return judged.stream().map(EarlyEnd::held).toList();
        }
        SloResult proved = broken.get();
        List<SloResult> all = new ArrayList<>(judged);
        all.replaceAll(slo -> isSame(slo, proved) && slo.outcome() != Outcome.FAILED ? proved : slo);
        if (judged.stream().noneMatch(slo -> isSame(slo, proved))) {
            all.add(proved);
        }
        return all;
    }

    /** Those of the verdicts that {@link #describe} has not said already, or that a window cut short leaves open. */
    List<SloResult> unsaid(List<SloResult> judged) {
        return judged.stream()
                .filter(slo -> broken.isEmpty() || slo.outcome() != Outcome.INCONCLUSIVE)
                .filter(slo -> !broken.equals(Optional.of(slo)))
                .toList();
    }

    private static SloResult held(SloResult slo) {
        return slo.outcome() != Outcome.INCONCLUSIVE
                ? slo
                : new SloResult(
                        slo.window(),
                        slo.load(),
                        slo.objective(),
                        slo.limit(),
                        slo.observed(),
                        slo.badEdge(),
                        slo.samples(),
                        Outcome.PASSED,
                        "proved to be met before the fault was ended; at its end " + slo.detail());
    }

    private static boolean isSame(SloResult one, SloResult other) {
        return one.load().equals(other.load())
                && one.objective().equals(other.objective())
                && one.limit().equals(other.limit());
    }
}
