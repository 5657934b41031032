// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

/**
 * Distribution-free bounds of a quantile: of n independent samples, the number above the q-quantile is binomial with
 * share 1 - q, whatever the distribution, so that a sample of a suitable rank bounds the quantile (H. A. David and
 * H. N. Nagaraja, Order Statistics, section 7.1). Ranks count from 1, the shortest sample.
 */
final class OrderStatistics {
    private OrderStatistics() {}

    /** The lowest rank that is above the quantile with this confidence; n + 1 when not even the longest sample is. */
    static int upperRank(int n, double quantile, double confidence) {
        return n - mostAbove(n, 1 - quantile, 1 - confidence);
    }

    /** The highest rank that is below the quantile with this confidence; 0 when not even the shortest sample is. */
    static int lowerRank(int n, double quantile, double confidence) {
        return Math.max(0, n - 1 - mostAbove(n, 1 - quantile, confidence));
    }

    /** How many samples there must be for {@link #upperRank} to exist. */
    static long fewest(double quantile, double confidence) {
        return (long) Math.ceil(Math.log(1 - confidence) / Math.log(quantile));
    }

    /**
     * The largest m, below n, such that at most m successes in n trials have no more than this probability; -1 when even none has
     * more. Terms are kept as logarithms: the first ones of a large n are below the smallest double.
     */
    private static int mostAbove(int n, double share, double probability) {
        double odds = Math.log(share) - Math.log1p(-share);
        double logTerm = n * Math.log1p(-share);
        double sum = Math.exp(logTerm);
        int m = 0;
        while (sum <= probability) {
            logTerm += Math.log((double) (n - m) / (m + 1)) + odds;
            sum += Math.exp(logTerm);
            m++;
        }
        return m - 1;
    }
}
