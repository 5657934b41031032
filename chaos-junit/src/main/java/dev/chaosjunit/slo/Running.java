// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.load.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An objective held against requests while they come, as often as one likes: claims are those of {@link TimeUniform}: that it is
 * met with 95 % confidence, and that it is broken with 99 %, since the window's end is judged as well, and both together must
 * not fail services that meet it more often than that alone. {@code max} and an error rate of 0% are broken by the first request that breaks them, and are never
 * proved to hold.
 *
 * <p>Requests count in the order in which they were due, so that slow ones are not left out because they are slow. One that is
 * still out is slower than the time for which it has been out; where that does not tell, it counts as a good one when it is
 * asked whether the objective is broken, and not yet when it is asked whether it holds. Behind a request that could not be
 * sent nothing counts.
 */
public final class Running {
    private static final double BROKEN = 0.99;

    private final Objective objective;
    private final double allowed;
    private long seen;
    private long bad;
    private boolean holds;
    private @Nullable Proof broken;

    /**
     * What was proved.
     *
     * @param requests how many were looked at
     * @param bad those of them that were slower than the limit, or failed
     * @param atLeast the share of all requests that is so, with 99 % confidence
     */
    public record Proof(long requests, long bad, double atLeast) {}

    /** Take one with a limit of its own; of one relative to the baseline nothing is proved before the end. */
    public Running(Objective objective) {
        this.objective = objective;
        this.allowed = objective instanceof QuantileObjective quantile
                ? 1 - quantile.quantile()
                : ((ErrorRateObjective) objective).limit().fraction();
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
            if (isBad && broken == null && TimeUniform.isAbove(requests, wrong, allowed, BROKEN)) {
                broken = new Proof(requests, wrong, TimeUniform.lower(requests, wrong, BROKEN));
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
        String most = allowed == 0 ? "" : ", and no more than " + Words.share(allowed) + " may";
        return limit + ": " + String.format(Locale.ROOT, "%,d of ", proof.bad())
                + Words.requests(proof.requests()) + what + most + " (at least " + Words.share(proof.atLeast())
                + " with 99% confidence, however often one looks)";
    }
}
