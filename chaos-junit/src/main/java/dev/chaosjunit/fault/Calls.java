// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;

/**
 * Which of the calls that match are faulted.
 *
 * @param probability the share of them, drawn call by call; at least 0.0001%
 * @param after so many pass before the first can be faulted; 0 or more
 * @param count at most so many are faulted; 0 for any number
 * @param minTouched the share of requests that they must be; 0 for none
 */
public record Calls(Percent probability, long after, long count, Percent minTouched) {
    /** Every call. */
    public static final Calls ALL = new Calls(new Percent(1), 0, 0);

    public Calls {
        Chance.checkProbability(probability);
        if (after < 0) {
            throw new IllegalArgumentException("after must be 0 or more, but is " + after);
        }
        if (count < 0) {
            throw new IllegalArgumentException("count must be 1 or more, or 0 for any number, but is " + count);
        }
    }

    /** Any share of the requests. */
    public Calls(Percent probability, long after, long count) {
        this(probability, after, count, Percent.NONE);
    }

    /** The elements {@code probability}, {@code after}, {@code count} and {@code minTouched}. */
    public static Calls read(Source source) {
        Percent probability = source.read("probability", Percent::parse);
        long after = source.read("after", Long::parseLong);
        long count = source.read("count", Long::parseLong);
        Percent minTouched = Fault.minTouched(source);
        return source.build(() -> new Calls(probability, after, count, minTouched));
    }

    Words words() {
        return Words.NONE
                .with("probability_ppm", Chance.ppm(probability))
                .with("after", after)
                .given("count", count == 0 ? "" : Long.toString(count));
    }

    /** As messages say it, with a comma before; empty for every call. */
    @Override
    public String toString() {
        return (probability.fraction() < 1 ? ", " + probability + " of the calls" : "")
                + (after > 0 ? ", after the first " + after : "")
                + (count > 0 ? ", at most " + count + " times" : "");
    }
}
