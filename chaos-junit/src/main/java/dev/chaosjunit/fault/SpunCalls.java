// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where calls are held by spinning, the service's processors are held with them, and others wait: what was measured may be
 * the injector's doing.
 *
 * <p>That goes for every objective where calls were held on all processors for more than {@value #MOST_WITHOUT_PERCENT} %
 * of the fault's time; else for a latency whose limit leaves less, beside the latency that was asked for, than goroutines
 * waited for a processor at p99.
 */
final class SpunCalls {
    private static final double MOST_WITHOUT_PERCENT = 1;

    private SpunCalls() {}

    /** Whether the helper holds threads by spinning, not goroutines. */
    static boolean told(Told told) {
        return told.has("none_left_us");
    }

    static SideEffect of(GoDelay fault, Told told, String pod, Duration on) {
        String means = told.means(fault);
        String sentence = "Calls were held by spinning in " + pod
                + ", which keeps a processor of the service for as long: latencies are those of the fault's means as well."
                + (means.isEmpty() ? "" : " Why: " + means + ".");
        double percent = on.isZero() ? 0 : Math.min(100, 100.0 * told.number("none_left_us") * 1000 / on.toNanos());
        if (percent > MOST_WITHOUT_PERCENT) {
            String kept = String.format(
                    Locale.ROOT,
                    "held calls kept all %d processors of %s for %.0f %% of its time",
                    told.number("processors"),
                    pod,
                    Math.ceil(percent));
            return new SideEffect(sentence, kept, null);
        }
        double waitedMs = told.has("sched_hist") ? p99(told.histogram("sched_hist")) / 1e3 : 0;
        String waited =
                String.format(Locale.ROOT, "goroutines of %s waited %.1f ms at p99 for a processor", pod, waitedMs);
        return new SideEffect(sentence, waited, fault.delay().millis() + waitedMs);
    }

    private static long p99(Map<Long, Long> histogram) {
        long above = histogram.values().stream().mapToLong(Long::longValue).sum() / 100;
        for (Map.Entry<Long, Long> bucket :
                new TreeMap<>(histogram).descendingMap().entrySet()) {
            above -= bucket.getValue();
            if (above < 0) {
                return bucket.getKey();
            }
        }
        return 0;
    }
}
