// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.load.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An objective held against requests while they come, as often as one likes. That it is broken is known in one of two ways:
 *
 * <ul>
 *   <li>of a window: so many requests are bad that its verdict is failed whatever comes. That adds no false alarm, and a
 *       burst as a fault begins, from which the service recovers, decides no more than it would at the window's end;
 *   <li>of requests so far: by {@link TimeUniform}, with 95 % confidence. That is sooner, and a burst is enough.
 * </ul>
 *
 * That it is met is known by {@link TimeUniform} alone, with 95 % confidence. {@code max} and an error rate of 0% are broken by
 * the first request that breaks them, and are never proved to be met.
 *
 * <p>Requests count in the order in which they were due, so that slow ones are not left out because they are slow. One that is
 * still out is slower than the time for which it has been out; where that does not tell, it counts as a good one when it is
 * asked whether the objective is broken, and not yet when it is asked whether it is met. Behind a request that could not be
 * sent nothing counts.
 */
public final class Running {
    private final Objective objective;
    private final double allowed;
    private final long enough;
    private long seen;
    private long bad;
    private boolean holds;
    private @Nullable Proof broken;

    /**
     * What was proved.
     *
     * @param requests how many were looked at
     * @param bad those of them that were slower than the limit, or failed
     * @param atLeast the share of all requests that is so, with 95 % confidence, however often one looks
     */
    public record Proof(long requests, long bad, double atLeast) {}

    private Running(Objective objective, long enough) {
        this.objective = objective;
        this.enough = enough;
        this.allowed = objective instanceof QuantileObjective quantile
                ? 1 - quantile.quantile()
                : ((ErrorRateObjective) objective).limit().fraction();
    }

    /** Hold one that is not relative to the baseline against the requests so far. */
    public static Running soFar(Objective objective) {
        return new Running(objective, 0);
    }

    /**
     * Hold it against a window.
     *
     * @param planned how many requests it has at most
     */
    public static Running ofWindow(Objective objective, long planned) {
        long enough = objective instanceof QuantileObjective quantile
                ? QuantileRule.enoughToFail(quantile, planned)
                : ErrorRateRule.enoughToFail((ErrorRateObjective) objective, planned);
        return new Running(objective, enough);
    }

    /**
     * Look at more requests.
     *
     * @param due those that were due since the last that was settled, in their order, with those that are out
     * @return how many of them are settled, and need not be given again
     */
    public int look(List<Sample> due) {
        long requests = seen;
        long wrong = bad;
        int settled = 0;
        boolean open = false;
        for (Sample sample : due) {
            if (!sample.sent()) {
                break;
            }
            boolean isBad = isBad(sample);
            open |= sample.isOut() && !isBad;
            requests++;
            wrong += isBad ? 1 : 0;
            if (isBad && broken == null && isEnough(requests, wrong)) {
                broken = new Proof(requests, wrong, TimeUniform.lower(requests, wrong, SloJudge.CONFIDENCE));
            }
            if (!open) {
                settled++;
                seen = requests;
                bad = wrong;
            }
        }
        holds |= TimeUniform.isBelow(seen, bad, allowed, SloJudge.CONFIDENCE);
        return settled;
    }

    private boolean isEnough(long requests, long wrong) {
        return enough > 0 ? wrong >= enough : TimeUniform.isAbove(requests, wrong, allowed, SloJudge.CONFIDENCE);
    }

    private boolean isBad(Sample sample) {
        return objective instanceof QuantileObjective quantile
                ? sample.latencyNanos() > quantile.limit().toNanos()
                : sample.failed();
    }

    /** Why the objective is proved to be missed, once it is. */
    public Optional<Proof> broken() {
        return Optional.ofNullable(broken);
    }

    /** Whether it is of each request, so that it is never proved to be met. */
    public boolean isOfEach() {
        return allowed == 0;
    }

    /** Whether it is proved to be met. */
    public boolean holds() {
        return holds;
    }

    /** The share that was seen, as a figure of a table. */
    public String observed(Proof proof) {
        return Words.share((double) proof.bad() / proof.requests()) + kind();
    }

    /** The least that it is, likewise. */
    public String edge(Proof proof) {
        return Words.share(proof.atLeast()) + kind();
    }

    private String kind() {
        return objective instanceof QuantileObjective ? " slower" : "";
    }

    /** What was proved, in words; the objective's limit with it. */
    public String describe(Proof proof) {
        String limit = objective.name() + " is above the limit of " + objective.asLimit();
        String what = objective instanceof QuantileObjective ? " took longer" : " failed";
        String seen = limit + ": " + String.format(Locale.ROOT, "%,d of ", proof.bad())
                + Words.requests(proof.requests()) + what;
        if (allowed == 0) {
            return seen;
        }
        return enough > 0
                ? seen + String.format(Locale.ROOT, ", and %,d of the whole window are enough, whatever comes", enough)
                : seen + ", and no more than " + Words.share(allowed) + " may (at least " + Words.share(proof.atLeast())
                        + " with 95% confidence, however often one looks)";
    }
}
