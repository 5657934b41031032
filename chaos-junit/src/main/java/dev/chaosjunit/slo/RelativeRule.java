// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.result.Outcome;

/**
 * A window against a control: both are estimated, and the difference is held against its limit. Where the control comes from
 * is not asked. A difference counts only above a tenth of the control's figure, and above 1 ms or 0.1 % of the requests:
 * what is less than that is as likely the machine's doing.
 */
final class RelativeRule {
    private static final double TOLERANCE = 0.1;
    private static final double LEAST_LATENCY = 1e6;
    private static final double LEAST_SHARE = 0.001;

    private final RelativeObjective objective;
    private final Evidence evidence;
    private final Estimate now;
    private final Estimate control;
    private final double most;
    private final Estimate more;
    private final Estimate beyond;

    private RelativeRule(RelativeObjective objective, Evidence evidence, Evidence control) {
        this.objective = objective;
        this.evidence = evidence;
        this.now = Estimate.of(objective, evidence);
        this.control = Estimate.of(objective, control);
        RelativeLimit limit = counted(objective, this.control.value());
        this.most = limit.factor() * this.control.value() + limit.plus();
        this.more = now.minus(1, this.control);
        Estimate less = now.minus(limit.factor(), this.control);
        this.beyond =
                new Estimate(less.lower() - limit.plus(), less.value() - limit.plus(), less.upper() - limit.plus());
    }

    /** Judge at least one sent request against at least one. */
    static Judgement judge(RelativeObjective objective, Evidence evidence, Evidence control) {
        return new RelativeRule(objective, evidence, control).judge();
    }

    /** The limit that was asked for, or the smallest difference that counts, whichever allows more of this control. */
    private static RelativeLimit counted(RelativeObjective objective, double control) {
        RelativeLimit asked = objective.limit();
        double least = objective.isOfErrors() ? LEAST_SHARE : LEAST_LATENCY;
        double allowed = asked.factor() * control + asked.plus() - control;
        if (allowed >= Math.max(least, TOLERANCE * control)) {
            return asked;
        }
        return TOLERANCE * control > least
                ? new RelativeLimit(
                        asked.to(),
                        1 + TOLERANCE,
                        0,
                        asked.text() + ", counted from a tenth of the " + asked.to() + " on")
                : new RelativeLimit(
                        asked.to(), 1, least, asked.text() + ", counted from " + words(objective, least) + " on");
    }

    private Judgement judge() {
        String edge = now.upper() == Double.POSITIVE_INFINITY ? "unbounded" : words(objective, most + beyond.upper());
        if (beyond.lower() > 0) {
            return verdict(edge, Outcome.FAILED, found() + compared());
        }
        if (beyond.upper() <= 0) {
            return verdict(edge, Outcome.PASSED, found() + compared());
        }
        return verdict(edge, Outcome.INCONCLUSIVE, found() + compared() + ": " + needed());
    }

    private Judgement verdict(String edge, Outcome outcome, String detail) {
        return new Judgement(objective.asLimit(), words(objective, now.value()), edge, outcome, detail);
    }

    private String found() {
        String up = more.upper() == Double.POSITIVE_INFINITY ? "unbounded" : signed(more.upper());
        return objective.name() + " of " + Words.requests(evidence.sent()) + " was " + words(objective, now.value())
                + ", in the " + objective.limit().to() + " " + words(objective, control.value()) + ": "
                + signed(more.value()) + " (at least "
                + signed(more.lower()) + ", at most " + up + ", each with 95% confidence)";
    }

    private String compared() {
        RelativeLimit limit = counted(objective, control.value());
        String where = (now.value() <= most ? ", within " : ", above ") + "the limit of ";
        return where + objective.limit().text() + ", which is " + words(objective, most)
                + (limit.equals(objective.limit())
                        ? ""
                        : limit.text().substring(objective.limit().text().length()));
    }

    /** Bounds come closer with the root of the number of requests. */
    private String needed() {
        double distance = Math.abs(beyond.value());
        double half = beyond.value() <= 0 ? beyond.upper() - beyond.value() : beyond.value() - beyond.lower();
        double times = half == Double.POSITIVE_INFINITY || distance == 0 ? 0 : half / distance;
        return times == 0
                ? "more requests are needed to tell"
                : Words.needed((long) Math.ceil(evidence.sent() * times * times), evidence.perSecond());
    }

    private String signed(double difference) {
        return (difference < 0 ? "-" : "+") + words(objective, Math.abs(difference));
    }

    private static String words(RelativeObjective objective, double amount) {
        return objective.isOfErrors() ? Words.share(amount) : Words.latency((long) amount);
    }
}
