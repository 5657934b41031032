// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;

/**
 * Which of the connections that are met are hit.
 *
 * @param probability the share of them, drawn once for each; at least 0.0001%
 * @param count at most so many of a pod; 0 for any number
 */
public record Connections(Percent probability, long count) {
    /** Every one. */
    public static final Connections ALL = new Connections(new Percent(1), 0);

    public Connections {
        Chance.checkProbability(probability);
        if (count < 0) {
            throw new IllegalArgumentException("count must be 1 or more, or 0 for any number, but is " + count);
        }
    }

    /** The elements {@code probability} and {@code count}. */
    static Connections read(Source source) {
        Percent probability = source.read("probability", Percent::parse);
        long count = source.read("count", Long::parseLong);
        return source.build(() -> new Connections(probability, count));
    }

    Words words() {
        return Words.NONE
                .with("probability_ppm", Chance.ppm(probability))
                .given("count", count == 0 ? "" : Long.toString(count));
    }

    /** As messages say it, with a comma before; empty for every one. */
    @Override
    public String toString() {
        return (probability.fraction() < 1 ? ", " + probability + " of them" : "")
                + (count > 0 ? ", at most " + count + " of a pod" : "");
    }
}
