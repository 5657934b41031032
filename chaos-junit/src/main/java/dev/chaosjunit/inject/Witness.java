// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.fault.DelayFault;
import dev.chaosjunit.fault.DnsFault;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoDelayFault;
import dev.chaosjunit.fault.UringFault;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.OlderConnections;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The helper's counters as proof that a fault hit, or that it did not. */
final class Witness {
    /** What the helper times in a process while a fault holds some of its goroutines. */
    private static final Map<String, String> TIMED = timed();

    private Witness() {}

    private static Map<String, String> timed() {
        Map<String, String> timed = new LinkedHashMap<>();
        timed.put("gc_pause_before_hist", "stop-the-world pause before the fault");
        timed.put("gc_pause_hist", "stop-the-world pause during the fault");
        timed.put("sched_before_hist", "scheduler latency before the fault");
        timed.put("sched_hist", "scheduler latency during the fault");
        return timed;
    }

    static FaultResult of(Injection injection, Reply attached, Reply stats, long drained) {
        Fault fault = injection.fault();
        Duration requested = requested(fault);
        long hit = stats.number("hit");
        OlderConnections older = fault instanceof DnsFault dns ? OlderWitness.of(dns, attached, stats) : null;
        Duration window = window(fault, stats);
        ProbesMet probes = ProbesMet.of(injection, stats, window);
        return new FaultResult(
                fault.describe(),
                injection.instance().name(),
                attached.text("mechanism"),
                fault.unit(),
                new FaultResult.Counters(
                        stats.number("seen"),
                        stats.number("matched"),
                        hit,
                        stats.number("bytes"),
                        drained,
                        stats.has("connections") ? stats.number("connections") : null,
                        touched(fault, stats)),
                between(stats, "t_on_ns", "t_first_hit_ns"),
                between(stats, "t_off_ns", "t_first_clean_ns"),
                requested == null ? null : requested.toNanos() / 1e6,
                requested == null ? Map.of() : histogram(stats, "delay_hist"),
                requested == null ? Map.of() : histogram(stats, "err_hist"),
                meanwhile(stats),
                sawInstead(fault, stats),
                detail(fault, attached, stats),
                probes.describe(),
                fault instanceof DnsFault dns && hit == 0
                        ? NearMisses.describe(dns, injection.named(), attached, stats)
                        : "",
                older,
                (hit > 0 && probes.metUser()) || allowed(older) ? Outcome.PASSED : Outcome.INCONCLUSIVE,
                HeldGoroutines.spinning(stats, window),
                TakenOperations.counts(stats));
    }

    /** That pods went on without the names is what the test wants to see. */
    private static boolean allowed(@Nullable OlderConnections older) {
        return older != null && older.allowed() && older.kept();
    }

    /** A lookup asks for several types at once: the one that was asked for most often is nearest to how many there were. */
    private static long touched(Fault fault, Reply stats) {
        long hit = stats.number("hit");
        if (!(fault instanceof DnsFault)) {
            return hit;
        }
        long a = stats.number("hit_a");
        long aaaa = stats.number("hit_aaaa");
        return Math.max(Math.max(a, aaaa), hit - a - aaaa);
    }

    private static Duration window(Fault fault, Reply stats) {
        long off = stats.number("t_off_ns");
        return off == 0 ? fault.duration() : Duration.ofNanos(off - stats.number("t_on_ns"));
    }

    private static @Nullable Duration requested(Fault fault) {
        if (fault instanceof DelayFault delay) {
            return delay.latency();
        }
        if (fault instanceof GoDelayFault delay) {
            return delay.latency();
        }
        return fault instanceof UringFault uring && uring.isLate() ? uring.latency() : null;
    }

    /** Milliseconds from one moment to a later one; null while the later one has not come (the helper says 0). */
    private static @Nullable Double between(Reply stats, String from, String to) {
        long end = stats.number(to);
        return end == 0 ? null : (end - stats.number(from)) / 1e6;
    }

    static Map<Long, Long> histogram(Reply stats, String key) {
        Map<Long, Long> histogram = new LinkedHashMap<>();
        stats.counts(key).forEach((bucket, count) -> histogram.put(Long.parseLong(bucket), count));
        return histogram;
    }

    private static Map<String, Map<Long, Long>> meanwhile(Reply stats) {
        Map<String, Map<Long, Long>> meanwhile = new LinkedHashMap<>();
        TIMED.forEach((key, name) -> {
            if (stats.has(key)) {
                meanwhile.put(name, histogram(stats, key));
            }
        });
        return meanwhile;
    }

    private static Map<String, Long> sawInstead(Fault fault, Reply stats) {
        return switch (fault.unit()) {
            case PACKET -> stats.counts("peers");
            case QUERY -> stats.counts("names");
            case CALL -> Map.of();
        };
    }

    private static String detail(Fault fault, Reply attached, Reply stats) {
        if (fault instanceof DelayFault) {
            return "captured " + stats.text("captured") + ", sent " + stats.text("sent") + ", passed undelayed "
                    + (stats.number("full") + stats.number("skipped") + stats.number("expired")) + ", send errors "
                    + stats.text("send_errors") + ", real-time thread " + stats.text("rt");
        }
        if (fault instanceof DnsFault) {
            return "answered " + stats.text("answered") + ", dropped " + stats.text("dropped");
        }
        if (fault instanceof GoDelayFault) {
            return HeldGoroutines.detail(attached, stats);
        }
        return TakenOperations.detail(stats);
    }
}
