// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;

/** What an objective allows at most; as text it is what an annotation has: {@code 200ms}, {@code 0.5%}. */
public sealed interface Limit {

    /**
     * Of a latency.
     *
     * @param most above 0 s
     */
    record Latency(Duration most) implements Limit {

        public double millis() {
            return most.toNanos() / 1e6;
        }

        @Override
        public String toString() {
            return Durations.format(most);
        }
    }

    /**
     * Of the share of requests that fail.
     *
     * @param most 0% to 100%
     */
    record ErrorRate(Percent most) implements Limit {

        @Override
        public String toString() {
            return most.toString();
        }
    }

    /**
     * Of a latency or an error rate, by what a control had.
     *
     * @param text such as {@code "baseline + 50ms"}
     */
    record Relative(String text) implements Limit {

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Read what {@code toString} wrote.
     *
     * @throws IllegalArgumentException when it is neither relative nor a duration nor a percentage
     */
    static Limit parse(String text) {
        if (text.contains("baseline") || text.contains("control")) {
            return new Relative(text);
        }
        return text.endsWith("%") ? new ErrorRate(Percent.parse(text)) : new Latency(Durations.parse(text));
    }
}
