// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.quantity.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers of a verdict as a reader wants them: {@code 212.3ms}, {@code 0.27%}, {@code 1,000 requests}. */
final class Words {
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final long HOPELESS = 1_000_000;

    private Words() {}

    static String latency(long nanos) {
        return Durations.format(
                Duration.ofNanos(new BigDecimal(nanos).round(FOUR_DIGITS).longValue()));
    }

    static String share(double fraction) {
        BigDecimal percent = BigDecimal.valueOf(fraction * 100).round(THREE_DIGITS);
        return (percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString()) + "%";
    }

    static String requests(long count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "request" : "requests");
    }

    /** {@code timeout (12), HTTP 502 (3)}, the most frequent first. */
    static String kinds(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> String.format(Locale.ROOT, "%s (%,d)", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** How many requests would tell, and how long they take at this rate. */
    static String needed(long count, double perSecond) {
        if (count > HOPELESS) {
            return "more requests will hardly tell, it runs at its limit";
        }
        String time = perSecond == 0 ? "" : String.format(Locale.ROOT, " (%s)", time(count, perSecond));
        return "about " + requests(count) + " are needed to tell" + time;
    }

    private static String time(long count, double perSecond) {
        BigDecimal rate = BigDecimal.valueOf(perSecond).round(THREE_DIGITS).stripTrailingZeros();
        return latency((long) (count / perSecond * 1e9)) + " at " + rate.toPlainString() + "/s";
    }
}
