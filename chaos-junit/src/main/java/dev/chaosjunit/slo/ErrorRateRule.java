// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.quantity.Wilson;
import dev.chaosjunit.result.Outcome;

/** The share of failed requests against its limit. */
final class ErrorRateRule {
    private static final long MOST = 1L << 40;

    private final ErrorRateObjective objective;
    private final Evidence evidence;
    private final double limit;
    private final double observed;
    private final double lower;
    private final double upper;

    private ErrorRateRule(ErrorRateObjective objective, Evidence evidence) {
        this.objective = objective;
        this.evidence = evidence;
        this.limit = objective.limit().fraction();
        this.observed = (double) evidence.failed() / evidence.sent();
        this.lower = Wilson.lower(observed, evidence.sent(), SloJudge.Z);
        this.upper = Wilson.upper(observed, evidence.sent(), SloJudge.Z);
    }

    /** Judge at least one sent request. */
    static Judgement judge(ErrorRateObjective objective, Evidence evidence) {
        ErrorRateRule rule = new ErrorRateRule(objective, evidence);
        return rule.limit == 0 ? rule.none() : rule.interval();
    }

    /** How many failed requests make a window of this many fail. */
    static long enoughToFail(ErrorRateObjective objective, long requests) {
        double limit = objective.limit().fraction();
        double n = (double) requests;
        long enough = Math.max(1, (long) Math.ceil(n * limit));
        while (limit > 0 && enough <= requests && Wilson.lower(enough / n, n, SloJudge.Z) <= limit) {
            enough++;
        }
        return enough;
    }

    private Judgement none() {
        boolean met = evidence.failed() == 0;
        return verdict(observed, met ? Outcome.PASSED : Outcome.FAILED, failed() + comparedToLimit() + kinds());
    }

    private Judgement interval() {
        if (lower > limit) {
            String detail = failed() + confident("at least", lower) + comparedToLimit() + kinds();
            return verdict(upper, Outcome.FAILED, detail);
        }
        if (upper <= limit) {
            return verdict(upper, Outcome.PASSED, failed() + confident("at most", upper) + comparedToLimit());
        }
        return verdict(upper, Outcome.INCONCLUSIVE, tooClose());
    }

    private Judgement verdict(double badEdge, Outcome outcome, String detail) {
        return new Judgement(objective.asLimit(), Words.share(observed), Words.share(badEdge), outcome, detail);
    }

    private String failed() {
        String share = evidence.failed() == 0 ? "none" : Words.share(observed);
        return share + " of " + Words.requests(evidence.sent()) + " failed";
    }

    private static String confident(String side, double edge) {
        return " (" + side + " " + Words.share(edge) + " with 95% confidence)";
    }

    private String comparedToLimit() {
        return (observed <= limit ? ", within" : ", above") + " the limit of " + objective.asLimit();
    }

    private String kinds() {
        return evidence.errors().isEmpty() ? "" : ": " + Words.kinds(evidence.errors());
    }

    private String tooClose() {
        boolean met = observed <= limit;
        String edge = met ? "as many as " + Words.share(upper) : "as few as " + Words.share(lower);
        String needed = Words.needed(enough(), evidence.perSecond());
        return failed() + comparedToLimit() + ", but it may be " + edge + " with 95% confidence: " + needed;
    }

    /** The fewest requests that would decide if the share of failed ones stayed as it is. */
    private long enough() {
        long too = evidence.sent();
        long enough = too;
        while (!decides(enough)) {
            too = enough;
            enough *= 2;
            if (enough > MOST) {
                return MOST;
            }
        }
        while (enough - too > 1) {
            long middle = (too + enough) / 2;
            if (decides(middle)) {
                enough = middle;
            } else {
                too = middle;
            }
        }
        return enough;
    }

    private boolean decides(long n) {
        return observed <= limit
                ? Wilson.upper(observed, (double) n, SloJudge.Z) <= limit
                : Wilson.lower(observed, (double) n, SloJudge.Z) > limit;
    }
}
