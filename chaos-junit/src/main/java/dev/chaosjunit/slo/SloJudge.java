// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.load.Sample;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.util.List;
import java.util.Locale;

/**
 * Holds a window's requests against an SLO. Pure: the same samples give the same verdict.
 *
 * <p>A verdict is a claim about the service, not about the few requests that were sent, so each claim must hold with
 * 95 % confidence (one-sided, since "the limit is met" and "the limit is missed" are one-sided claims):
 *
 * <ul>
 *   <li>passed: the unfavourable edge meets the limit; a service that misses it is passed in one of 20 runs at most;
 *   <li>failed: even the favourable edge misses the limit;
 *   <li>inconclusive: neither. A point estimate beyond the limit is not enough to fail, but the detail says so, and how
 *       many requests would tell.
 * </ul>
 *
 * <p>Edges come from order statistics for quantiles and from Wilson's score interval for the error rate. Both take
 * requests as independent; under a fault they come in bursts, so that borderline claims are weaker than they look.
 * {@code max} and an error rate of 0% are judged on the requests as sent.
 *
 * <p>If a single request could not be sent, or none was planned, nothing can be claimed: inconclusive.
 */
public final class SloJudge {
    static final double CONFIDENCE = 0.95;
    /** The normal distribution's quantile of {@link #CONFIDENCE}. */
    static final double Z = 1.6448536269514722;

    private SloJudge() {}

    /**
     * Judge one window of one load.
     *
     * @param window of which stage it is
     * @param load the load's URL
     * @param samples the requests that were planned in the window
     * @return one result per objective, in their order
     */
    public static List<SloResult> judge(SloSpec spec, Stage window, String load, Iterable<Sample> samples) {
        return judge(spec, window, load, samples, List.of());
    }

    /**
     * The same, where limits may be relative.
     *
     * @param controls the requests that they are relative to
     */
    public static List<SloResult> judge(
            SloSpec spec, Stage window, String load, Iterable<Sample> samples, Iterable<Sample> controls) {
        Evidence evidence = new Evidence(samples);
        Evidence control = new Evidence(controls);
        String cause = cause(spec, evidence);
        return spec.objectives().stream()
                .map(objective -> {
                    Judgement verdict = judge(objective, evidence, control);
                    return new SloResult(
                            window,
                            load,
                            objective.name(),
                            verdict.limit(),
                            verdict.observed(),
                            verdict.badEdge(),
                            evidence.sent(),
                            verdict.outcome(),
                            isMissedQuantile(objective, verdict) ? cause + verdict.detail() : verdict.detail());
                })
                .toList();
    }

    private static boolean isMissedQuantile(Objective objective, Judgement verdict) {
        return !objective.name().equals("errorRate") && verdict.outcome() != Outcome.PASSED;
    }

    /** Requests that failed say more than how long that took; empty where a missed error rate names them already. */
    private static String cause(SloSpec spec, Evidence evidence) {
        boolean named = spec.objectives().stream()
                .filter(ErrorRateObjective.class::isInstance)
                .anyMatch(objective -> judge(objective, evidence, evidence).outcome() == Outcome.FAILED);
        return named || evidence.failed() == 0 || evidence.notSent() > 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%,d of %s failed, %s; ",
                        evidence.failed(),
                        Words.requests(evidence.sent()),
                        Words.kinds(evidence.errors()));
    }

    private static Judgement judge(Objective objective, Evidence evidence, Evidence control) {
        if (evidence.sent() == 0) {
            return nothingSent(objective, evidence);
        }
        if (objective instanceof RelativeObjective && control.sent() == 0) {
            return new Judgement(
                    objective.asLimit(), "none", "unbounded", Outcome.INCONCLUSIVE, "there is nothing to compare with");
        }
        Judgement verdict = byRule(objective, evidence, control);
        return evidence.notSent() == 0 ? verdict : verdict.inconclusive(unsent(evidence));
    }

    private static Judgement byRule(Objective objective, Evidence evidence, Evidence control) {
        if (objective instanceof QuantileObjective quantile) {
            return QuantileRule.judge(quantile, evidence);
        }
        return objective instanceof RelativeObjective relative
                ? RelativeRule.judge(relative, evidence, control)
                : ErrorRateRule.judge((ErrorRateObjective) objective, evidence);
    }

    private static Judgement nothingSent(Objective objective, Evidence evidence) {
        String detail = evidence.notSent() == 0 ? "no request was planned in this window" : unsent(evidence);
        return new Judgement(objective.asLimit(), "none", "unbounded", Outcome.INCONCLUSIVE, detail);
    }

    private static String unsent(Evidence evidence) {
        long planned = evidence.sent() + evidence.notSent();
        return String.format(
                Locale.ROOT,
                "%,d of %s could not be sent by the load generator, %s: nothing can be claimed of this window",
                evidence.notSent(),
                Words.requests(planned),
                Words.kinds(evidence.unsent()));
    }
}
