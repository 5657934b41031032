// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

/**
 * Bounds of a share by Wilson's score interval (E. B. Wilson, JASA 22, 1927), which stays sensible near 0 and 1. It is
 * an approximation: with no failure at all the risk of the upper bound is near 7 %, not 5 %.
 */
public final class Wilson {
    private Wilson() {}

    /**
     * Upper bound.
     *
     * @param share that was found, 0 to 1
     * @param n of how many; fewer than there were, where they depend on each other
     * @param z the normal distribution's quantile of the confidence
     */
    public static double upper(double share, double n, double z) {
        return Math.min(1, centre(share, n, z) + half(share, n, z));
    }

    /** Lower bound; see {@link #upper}. */
    public static double lower(double share, double n, double z) {
        return Math.max(0, centre(share, n, z) - half(share, n, z));
    }

    private static double centre(double share, double n, double z) {
        return (share * n + z * z / 2) / (n + z * z);
    }

    private static double half(double share, double n, double z) {
        return z / (n + z * z) * Math.sqrt(n * share * (1 - share) + z * z / 4);
    }
}
