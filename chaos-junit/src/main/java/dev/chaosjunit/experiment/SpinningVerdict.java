// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Spinning;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where calls are held by spinning, the service's processors are held with them, and others wait: what was measured may be
 * the injector's doing. Pure.
 *
 * <p>An objective that was missed during the fault is not held against the service where calls were held on all of its
 * processors for more than {@value #MOST_WITHOUT_PERCENT} % of the fault's time, or where its goroutines waited for a
 * processor longer, at p99, than the limit leaves beside the latency that was asked for.
 */
final class SpinningVerdict {
    private static final double MOST_WITHOUT_PERCENT = 1;

    private final List<FaultResult> spinning;

    private SpinningVerdict(List<FaultResult> spinning) {
        this.spinning = spinning;
    }

    static SpinningVerdict of(List<FaultResult> faults) {
        return new SpinningVerdict(
                faults.stream().filter(fault -> fault.spinning() != null).toList());
    }

    /** What has to be known before anything else is read, a line a pod. */
    List<String> lines() {
        return spinning.stream()
                .map(fault -> "Calls were held by spinning in " + fault.instance()
                        + ", which keeps a processor of the service for as long: latencies are those of the fault's means"
                        + " as well. " + tried(fault))
                .toList();
    }

    private static String tried(FaultResult fault) {
        return fault.detail().isEmpty() ? "" : "Why: " + fault.detail() + ".";
    }

    List<SloResult> judge(List<SloResult> during) {
        return during.stream().map(this::judge).toList();
    }

    private SloResult judge(SloResult slo) {
        if (slo.outcome() != Outcome.FAILED) {
            return slo;
        }
        return spinning.stream()
                .map(fault -> cause(fault, slo))
                .flatMap(Optional::stream)
                .findFirst()
                .map(slo::undecided)
                .orElse(slo);
    }

    private static Optional<String> cause(FaultResult fault, SloResult slo) {
        Spinning spinning = Objects.requireNonNull(fault.spinning());
        if (spinning.share() * 100 > MOST_WITHOUT_PERCENT) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "held calls kept all %d processors of %s for %.0f %% of its time",
                    spinning.processors(),
                    fault.instance(),
                    Math.ceil(spinning.share() * 100)));
        }
        double asked = Objects.requireNonNullElse(fault.requestedDelayMs(), 0.0);
        return !(slo.limit() instanceof Limit.Latency limit) || spinning.schedulerP99Ms() <= limit.millis() - asked
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "goroutines of %s waited %.1f ms at p99 for a processor",
                        fault.instance(),
                        spinning.schedulerP99Ms()));
    }
}
