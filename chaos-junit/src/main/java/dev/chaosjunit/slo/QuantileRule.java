// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.load.Latencies;
import dev.chaosjunit.result.Outcome;
import java.util.Locale;

/** A quantile against its limit. */
final class QuantileRule {
    private final QuantileObjective objective;
    private final Evidence evidence;
    private final long limit;
    private final long observed;

    private QuantileRule(QuantileObjective objective, Evidence evidence) {
        this.objective = objective;
        this.evidence = evidence;
        this.limit = objective.limit().toNanos();
        this.observed = evidence.latency(Latencies.rank(evidence.sent(), objective.quantile()));
    }

    /** Judge at least one sent request. */
    static Judgement judge(QuantileObjective objective, Evidence evidence) {
        QuantileRule rule = new QuantileRule(objective, evidence);
        return objective.quantile() == 1 ? rule.longest() : rule.interval();
    }

    /** How many requests above the limit make a window of this many fail. */
    static long enoughToFail(QuantileObjective objective, long requests) {
        int n = Math.toIntExact(requests);
        return objective.quantile() == 1
                ? 1
                : n - OrderStatistics.lowerRank(n, objective.quantile(), SloJudge.CONFIDENCE) + 1L;
    }

    private Judgement longest() {
        boolean met = observed <= limit;
        return verdict(
                Words.latency(observed), met ? Outcome.PASSED : Outcome.FAILED, was() + comparedToLimit(observed));
    }

    private Judgement interval() {
        int n = evidence.sent();
        int goodRank = OrderStatistics.lowerRank(n, objective.quantile(), SloJudge.CONFIDENCE);
        int badRank = OrderStatistics.upperRank(n, objective.quantile(), SloJudge.CONFIDENCE);
        long goodEdge = goodRank == 0 ? 0 : evidence.latency(goodRank);
        if (goodEdge > limit) {
            String edge = badRank > n ? "unbounded" : Words.latency(evidence.latency(badRank));
            return verdict(edge, Outcome.FAILED, was() + confident("at best", goodEdge) + comparedToLimit(observed));
        }
        if (badRank > n) {
            return verdict("unbounded", Outcome.INCONCLUSIVE, tooFew());
        }
        long badEdge = evidence.latency(badRank);
        if (badEdge <= limit) {
            String detail = was() + confident("at worst", badEdge) + comparedToLimit(observed);
            return verdict(Words.latency(badEdge), Outcome.PASSED, detail);
        }
        return verdict(Words.latency(badEdge), Outcome.INCONCLUSIVE, tooClose(goodEdge, badEdge));
    }

    private Judgement verdict(String badEdge, Outcome outcome, String detail) {
        return new Judgement(objective.asLimit(), Words.latency(observed), badEdge, outcome, detail);
    }

    private String was() {
        return objective.name() + " of " + Words.requests(evidence.sent()) + " was " + Words.latency(observed);
    }

    private static String confident(String side, long edge) {
        return " (" + side + " " + Words.latency(edge) + " with 95% confidence)";
    }

    private String comparedToLimit(long latency) {
        return (latency <= limit ? ", within" : ", above") + " the limit of " + objective.asLimit();
    }

    private String tooFew() {
        long fewest = OrderStatistics.fewest(objective.quantile(), SloJudge.CONFIDENCE);
        return String.format(
                Locale.ROOT,
                "%s%s, but %s are too few to bound it with 95%% confidence: %s",
                was(),
                comparedToLimit(observed),
                Words.requests(evidence.sent()),
                Words.needed(fewest, evidence.perSecond()));
    }

    private String tooClose(long goodEdge, long badEdge) {
        boolean met = observed <= limit;
        String edge = met ? "as high as " + Words.latency(badEdge) : "as low as " + Words.latency(goodEdge);
        String needed = Words.needed(enough(), evidence.perSecond());
        return was() + comparedToLimit(observed) + ", but may be " + edge + " with 95% confidence: " + needed;
    }

    /** Normal approximation: when the share above the limit would differ clearly from the share that is allowed. */
    private long enough() {
        double allowed = 1 - objective.quantile();
        double distance = allowed - evidence.shareAbove(limit);
        double z = SloJudge.Z;
        double needed = z * z * allowed * (1 - allowed) / (distance * distance);
        return Math.max(evidence.sent() + 1L, (long) Math.ceil(needed));
    }
}
