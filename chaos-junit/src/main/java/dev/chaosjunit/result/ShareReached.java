// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import dev.chaosjunit.fault.Share;
import dev.chaosjunit.quantity.Wilson;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * What was reached of the share that a fault was asked to hit, on one pod.
 *
 * @param asked 0 to 1
 * @param reached of those that were drawn
 * @param low the edge of its 95 % confidence interval (Wilson's), wider where hits come in rows
 * @param high the other edge
 * @param drawn how many were drawn
 */
public record ShareReached(double asked, double reached, double low, double high, long drawn) {
    /** Of the normal distribution, 95 % are within so many standard deviations. */
    private static final double Z = 1.959964;

    /** Of so many hits among one or more that were drawn. */
    public static ShareReached of(Share share, long hit, long drawn) {
        double reached = (double) hit / drawn;
        double independent = drawn / share.spread();
        return new ShareReached(
                share.asked().fraction(),
                reached,
                Wilson.lower(reached, independent, Z),
                Wilson.upper(reached, independent, Z),
                drawn);
    }

    /** Whether the interval excludes what was asked for: by chance, one in twenty does. */
    public boolean missesAsked() {
        return asked < low || asked > high;
    }

    /** {@code reached 9.81% of 1,203 drawn (8.25% to 11.6% with 95% confidence), asked for 10%}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "reached %s of %,d drawn (%s to %s with 95%% confidence), asked for %s",
                percent(reached),
                drawn,
                percent(low),
                percent(high),
                percent(asked));
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(100 * share)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
