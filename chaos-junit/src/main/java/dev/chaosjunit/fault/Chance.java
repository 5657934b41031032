// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;

/**
 * Which of the packets that are meant are hit: a Markov chain of two states that keeps the share.
 *
 * @param share of them, in the long run; at least 0.0001%
 * @param correlation of one draw with the one before; below 100%
 */
public record Chance(Percent share, Percent correlation) {
    private static final double MILLION = 1e6;

    public Chance {
        checkShare(share);
        if (correlation.fraction() >= 1) {
            throw new IllegalArgumentException("correlation must be 0 to less than 100, since with " + correlation
                    + " the first packet would decide for all");
        }
    }

    /** Each drawn by itself. */
    public Chance(Percent share) {
        this(share, Percent.NONE);
    }

    /**
     * An element with the share, and the element {@code correlation}.
     *
     * @param share as the kind calls it
     */
    public static Chance read(Source source, String share) {
        Percent asked = source.read(share, text -> checkShare(Percent.parse(text)));
        Percent correlation = source.read("correlation", Percent::parseUnsigned);
        return source.build(() -> new Chance(asked, correlation));
    }

    private static Percent checkShare(Percent share) {
        if (ppm(share) < 1) {
            throw new IllegalArgumentException("a share of packets must be 0.0001% to 100%, but is " + share);
        }
        return share;
    }

    /** Refuse an element {@code probability} that is below what the helper can draw. */
    static void checkProbability(Percent probability) {
        if (ppm(probability) < 1) {
            throw new IllegalArgumentException("probability must be 0.0001% to 100%, but is " + probability);
        }
    }

    /** What is reached of it is to be told. */
    public Share asked() {
        return new Share(share, (1 + correlation.fraction()) / (1 - correlation.fraction()));
    }

    Words words() {
        return Words.NONE
                .with("probability_ppm", ppm(share))
                .given("correlation", isCorrelated() ? correlation.toString().replace("%", "") : "");
    }

    static long ppm(Percent share) {
        return Math.round(share.fraction() * MILLION);
    }

    private boolean isCorrelated() {
        return correlation.fraction() > 0;
    }

    /** As messages say it: {@code 10% of packets, correlation 25%}. */
    @Override
    public String toString() {
        return share + " of packets" + (isCorrelated() ? ", correlation " + correlation : "");
    }
}
