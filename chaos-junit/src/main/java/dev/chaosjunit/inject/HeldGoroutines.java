// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.result.Spinning;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How goroutines were held, and what that took from the process. */
final class HeldGoroutines {
    private HeldGoroutines() {}

    /** Null where goroutines are held and not their threads. */
    static @Nullable Spinning spinning(Reply stats, Duration window) {
        if (!stats.has("none_left_us")) {
            return null;
        }
        return new Spinning(
                (int) stats.number("processors"),
                stats.number("none_left_us") / 1e3,
                window.toNanos() / 1e6,
                stats.has("sched_hist") ? p99(Witness.histogram(stats, "sched_hist")) / 1e3 : 0);
    }

    private static long p99(Map<Long, Long> histogram) {
        long total = histogram.values().stream().mapToLong(Long::longValue).sum();
        long above = total / 100;
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
