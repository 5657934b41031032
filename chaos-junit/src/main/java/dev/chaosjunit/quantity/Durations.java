// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go, Kubernetes and Chaos Mesh write them: a number and a unit, {@code "500ms"}, {@code "0.5s"}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private Durations() {}

    /**
     * Parse a non-negative duration.
     *
     * @param text a decimal number and one of ns, us, ms, s, m, h; no sign, no blank
     * @return the duration, exact to the nanosecond
     * @throws IllegalArgumentException when the text has another form; the message quotes it and shows the legal one
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no duration: expected a number of zero or more and a"
                            + " unit (ns, us, ms, s, m, h), such as \"500ms\" or \"0.5s\"");
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosOf(matcher.group(2))));
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is too long a duration");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /** Write a duration in the largest unit that leaves it readable: {@code 1.5s}, {@code 300ms}, {@code 26us}. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        long size = Math.abs(nanos);
        if (size >= 1_000_000_000L) {
            return number(nanos / 1e9) + "s";
        }
        if (size >= 1_000_000L) {
            return number(nanos / 1e6) + "ms";
        }
        return size >= 1_000L ? number(nanos / 1e3) + "us" : nanos + "ns";
    }

    /** Write how long after something a moment was, to a tenth of a second, cut off: {@code 0s}, {@code 1.2s}. */
    public static String tenths(Duration since) {
        long tenths = Math.max(0, since.toMillis() / 100);
        return tenths == 0 ? "0s" : format(Duration.ofMillis(tenths * 100));
    }

    private static long nanosOf(String unit) {
        Long nanos = NANOS.get(unit);
        if (nanos == null) {
            throw new IllegalStateException("no such unit: " + unit);
        }
        return nanos;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }
}
