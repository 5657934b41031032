// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit that moves with what was seen in the baseline window, or of replicas that the fault spares: {@code "baseline +
 * 50ms"}, {@code "control + 1%"}, {@code "1.5x baseline"}.
 *
 * @param to what it is relative to
 * @param factor of what that had; 1 to 1000
 * @param plus on top of that, nanoseconds or a share; 0 or more
 * @param text as it was written
 */
public record RelativeLimit(Reference to, double factor, double plus, String text) {
    private static final Pattern SUM = Pattern.compile("(baseline|control) \\+ (\\S+)");
    private static final Pattern MULTIPLE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)x (baseline|control)");

    /** Whether a text means to be one. */
    public static boolean isMeant(String text) {
        return text.contains("baseline") || text.contains("control");
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
            return new RelativeLimit(reference(sum.group(1)), 1, amount.applyAsDouble(sum.group(2)), text);
        }
        Matcher multiple = MULTIPLE.matcher(text);
        if (multiple.matches()) {
            double factor = Double.parseDouble(multiple.group(1));
            if (factor >= 1 && factor <= 1000) {
                return new RelativeLimit(reference(multiple.group(2)), factor, 0, text);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no relative limit: expected \"baseline + " + example
                + "\" or \"control + " + example + "\", or a multiple from 1x to 1000x such as \"1.5x baseline\"");
    }

    private static Reference reference(String name) {
        return Reference.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
