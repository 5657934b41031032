// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for people: three significant digits and a unit. */
final class Numbers {
    /** What was not measured. */
    static final String UNKNOWN = "–";

    private Numbers() {}

    /** {@code 0.41 ms}, {@code 12.3 ms}, {@code 2.01 s}; a dash where nothing was measured. */
    static String time(@Nullable Double milliseconds) {
        if (milliseconds == null || !Double.isFinite(milliseconds)) {
            return UNKNOWN;
        }
        return Math.abs(milliseconds) >= 1000
                ? significant(milliseconds / 1000) + " s"
                : significant(milliseconds) + " ms";
    }

    /** {@code 26 µs}, {@code 1.24 ms}. */
    static String micros(long micros) {
        return Math.abs(micros) < 1000 ? micros + " µs" : time(micros / 1000.0);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 request}, {@code 2 requests}. */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** The tick of a count; nothing between whole numbers. */
    static String whole(double count) {
        return count == Math.rint(count) ? count((long) count) : "";
    }

    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000 ? significant(bytes / 1e3) + " kB" : significant(bytes / 1e6) + " MB";
    }

    /** Seconds of a point in time: {@code 12.4 s}. */
    static String at(double milliseconds) {
        return String.format(Locale.ROOT, "%.1f s", milliseconds / 1000);
    }

    /** The tick of a time axis: {@code 5 s}. */
    static String second(double milliseconds) {
        return significant(milliseconds / 1000) + " s";
    }

    /** A coordinate. */
    static String px(double value) {
        return plain(BigDecimal.valueOf(Math.round(value * 10)).movePointLeft(1));
    }

    static String significant(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        // All digits before the point are kept: 1234 stays 1234.
        int digits = Math.max(3, exact.precision() - exact.scale());
        return plain(exact.round(new MathContext(digits)));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
