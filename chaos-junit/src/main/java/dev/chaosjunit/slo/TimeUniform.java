// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import java.util.stream.IntStream;

/**
 * One-sided bounds of a share that hold at every number of observations at once, so that one may look as often as one likes
 * and stop when one likes: S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, Time-uniform, nonparametric, nonasymptotic
 * confidence sequences, Annals of Statistics 49(2), 2021, with their discrete mixture of exponential supermartingales.
 *
 * <p>Of observations that are 1 with probability p at most, whatever came before, and 0 otherwise, s of the first n being 1,
 *
 * <pre>M(n, s, p) = mean over all steps λ of exp(λ s) / (1 - p + p exp(λ))^n</pre>
 *
 * <p>is a supermartingale that begins at 1. By Ville's inequality it ever reaches 1 / α with probability α at most; where it
 * does, p is refuted with confidence 1 - α. It falls with p, so that the largest refuted p is a lower bound of the share.
 * Upper bounds are lower ones of the share of 0s. The steps are {@code 8 · 0.7^k, k = 0 … 19}, for differences of many times
 * the share down to ones that take millions of observations.
 *
 * <p>A quantile needs no bounds of its own: the q-quantile of a latency is above a limit if and only if more than the share
 * 1 - q of the requests is slower than the limit (S. R. Howard, A. Ramdas, Sequential estimation of quantiles with
 * applications to A/B testing and best-arm identification, Bernoulli 28(3), 2022, bound quantiles by just that).
 */
public final class TimeUniform {
    private static final double[] STEPS =
            IntStream.range(0, 20).mapToDouble(k -> 8 * Math.pow(0.7, k)).toArray();
    private static final int HALVINGS = 50;

    private TimeUniform() {}

    /**
     * Whether the share of 1s is proved to be above another.
     *
     * @param n how many were looked at, 0 or more
     * @param ones how many of them were 1
     * @param share 0 to 1; no share is above 1, and a single 1 is proof against 0
     * @param confidence above 0, below 1
     */
    public static boolean isAbove(long n, long ones, double share, double confidence) {
        if (share <= 0 || share >= 1) {
            return share <= 0 && ones > 0;
        }
        double mean = 0;
        for (double step : STEPS) {
            mean += Math.exp(step * ones - n * Math.log1p(share * Math.expm1(step))) / STEPS.length;
        }
        return mean >= 1 / (1 - confidence);
    }

    /** Whether it is proved to be below another; see {@link #isAbove}. */
    public static boolean isBelow(long n, long ones, double share, double confidence) {
        return isAbove(n, n - ones, 1 - share, confidence);
    }

    /** What the share of 1s is at least, 0 to 1; see {@link #isAbove}. */
    public static double lower(long n, long ones, double confidence) {
        double refuted = 0;
        double possible = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (refuted + possible) / 2;
            if (isAbove(n, ones, middle, confidence)) {
                refuted = middle;
            } else {
                possible = middle;
            }
        }
        return refuted;
    }

    /** What it is at most. */
    public static double upper(long n, long ones, double confidence) {
        return 1 - lower(n, n - ones, confidence);
    }
}
