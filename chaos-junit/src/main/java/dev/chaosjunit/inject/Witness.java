// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.fault.DelayFault;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The helper's counters as proof that a fault hit, or that it did not. */
final class Witness {
    private Witness() {}

    static FaultResult of(Injection injection, Reply stats, long drained) {
        boolean delay = injection.fault() instanceof DelayFault;
        long hit = stats.number("hit");
        return new FaultResult(
                injection.fault().describe(),
                injection.instance().name(),
                delay ? "tcx, delay line" : "tcx, answered in place",
                new FaultResult.Counters(
                        stats.number("seen"), stats.number("matched"), hit, stats.number("bytes"), drained),
                between(stats, "t_on_ns", "t_first_hit_ns"),
                between(stats, "t_off_ns", "t_first_clean_ns"),
                injection.fault() instanceof DelayFault fault ? fault.latency().toNanos() / 1e6 : null,
                delay ? histogram(stats, "delay_hist") : Map.of(),
                delay ? histogram(stats, "err_hist") : Map.of(),
                stats.counts(delay ? "peers" : "names"),
                delay ? delayCounters(stats) : dnsCounters(stats),
                hit > 0 ? Outcome.PASSED : Outcome.INCONCLUSIVE);
    }

    /** Milliseconds from one moment to a later one; null while the later one has not come (the helper says 0). */
    private static @Nullable Double between(Reply stats, String from, String to) {
        long end = stats.number(to);
        return end == 0 ? null : (end - stats.number(from)) / 1e6;
    }

    private static Map<Long, Long> histogram(Reply stats, String key) {
        Map<Long, Long> histogram = new LinkedHashMap<>();
        stats.counts(key).forEach((bucket, count) -> histogram.put(Long.parseLong(bucket), count));
        return histogram;
    }

    private static String delayCounters(Reply stats) {
        return "captured " + stats.text("captured") + ", sent " + stats.text("sent") + ", passed undelayed "
                + (stats.number("full") + stats.number("skipped") + stats.number("expired")) + ", send errors "
                + stats.text("send_errors") + ", real-time thread " + stats.text("rt");
    }

    private static String dnsCounters(Reply stats) {
        return "answered " + stats.text("answered") + ", dropped " + stats.text("dropped");
    }
}
