// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit that moves with what was seen in the baseline window: {@code "baseline + 50ms"}, {@code "baseline + 1%"} or
 * {@code "1.5x baseline"}.
 *
 * @param factor of what the baseline had; 1 to 1000
 * @param plus on top of that, nanoseconds or a share; 0 or more
 * @param text as it was written
 */
public record RelativeLimit(double factor, double plus, String text) {
    private static final Pattern SUM = Pattern.compile("baseline \\+ (\\S+)");
    private static final Pattern MULTIPLE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)x baseline");

    /** Whether a text means to be one. */
    public static boolean isMeant(String text) {
        return text.contains("baseline");
    }

    /**
     * Parse one of a latency.
     *
     * @throws IllegalArgumentException with the legal forms
     */
    public static RelativeLimit ofLatency(String text) {
        return parse(text, "50ms", more -> Durations.parse(more).toNanos());
    }

    /** The same of an error rate. */
    public static RelativeLimit ofErrorRate(String text) {
        return parse(text, "1%", more -> Percent.parse(more).fraction());
    }

    private static RelativeLimit parse(String text, String example, ToDoubleFunction<String> amount) {
        Matcher sum = SUM.matcher(text);
        if (sum.matches()) {
            return new RelativeLimit(1, amount.applyAsDouble(sum.group(1)), text);
        }
        Matcher multiple = MULTIPLE.matcher(text);
        if (multiple.matches()) {
            double factor = Double.parseDouble(multiple.group(1));
            if (factor >= 1 && factor <= 1000) {
                return new RelativeLimit(factor, 0, text);
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no limit relative to the baseline: expected \"baseline + " + example
                        + "\", or a multiple from 1x to 1000x such as \"1.5x baseline\"");
    }
}
