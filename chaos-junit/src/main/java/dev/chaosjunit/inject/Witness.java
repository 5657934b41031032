// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Told;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.OlderConnections;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ShareReached;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
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

    static FaultResult of(Injection injection, Target pod, Reply attached, Reply stats, long drained) {
        Fault fault = injection.fault();
        Told told = told(attached, stats);
        long hit = stats.number("hit");
        OlderConnections older = fault.names()
                .map(meant -> OlderWitness.of(meant.escape(), attached, stats))
                .orElse(null);
        Duration window = window(fault, stats);
        ProbesMet probes = ProbesMet.of(fault, pod.probing(), stats, window);
        return FaultResult.of(fault.describe(), pod.instance().title(), fault.unit())
                .node(pod.instance().node())
                .mechanism(attached.text("mechanism"))
                .counters(new FaultResult.Counters(
                        stats.number("seen"),
                        stats.number("matched"),
                        hit,
                        stats.number("bytes"),
                        drained,
                        stats.has("connections") ? stats.number("connections") : null,
                        fault.touched(told)))
                .onToFirstHitMs(between(stats, "t_on_ns", "t_first_hit_ns"))
                .offToFirstCleanMs(between(stats, "t_off_ns", "t_first_clean_ns"))
                .requestedDelayMs(fault.latency().map(Latency::millis).orElse(null))
                .delayHistogramUs(
                        fault.latency().map(asked -> delays(asked, told)).orElse(Map.of()))
                .errorHistogramUs(
                        fault.latency().map(asked -> told.histogram("err_hist")).orElse(Map.of()))
                .meanwhileUs(meanwhile(told))
                .sawInstead(sawInstead(fault, stats))
                .detail(told.means(fault))
                .probes(probes.describe())
                .hint(hit > 0 ? "" : hint(injection, told, attached, stats))
                .share(share(fault, told))
                .older(older)
                .witness((hit > 0 && probes.metUser()) || allowed(older) ? Outcome.PASSED : Outcome.INCONCLUSIVE)
                .sideEffect(
                        fault.sideEffect(told, pod.instance().title(), window).orElse(null))
                .build();
    }

    /** Why it may have hit nothing: a fault on names is told by them, others know by themselves. */
    private static String hint(Injection injection, Told told, Reply attached, Reply stats) {
        Fault fault = injection.fault();
        return fault.names()
                .map(meant -> NearMisses.describe(meant, injection.named(), attached, stats))
                .orElseGet(() -> fault.hint(told));
    }

    private static @Nullable ShareReached share(Fault fault, Told told) {
        return fault.share()
                .filter(asked -> told.number("drawn") > 0)
                .map(asked -> ShareReached.of(asked, told.number("hit"), told.number("drawn")))
                .orElse(null);
    }

    static Told told(Reply attached, Reply stats) {
        Map<String, String> all = new HashMap<>(attached.values());
        all.putAll(stats.values());
        return new Told(all);
    }

    /**
     * Buckets of the helper are a sixteenth of what they hold: 300 ms is in the one from 295 ms. Those of how late a delay
     * was are as much finer as it is shorter, so a delay without jitter is told by them.
     */
    private static Map<Long, Long> delays(Latency asked, Told told) {
        if (!asked.jitter().isZero()) {
            return told.histogram("delay_hist");
        }
        long length = asked.length().toNanos() / 1000;
        Map<Long, Long> delays = new TreeMap<>();
        told.histogram("err_hist").forEach((late, count) -> delays.put(length + late, count));
        return delays;
    }

    /** That pods went on without the names is what the test wants to see. */
    private static boolean allowed(@Nullable OlderConnections older) {
        return older != null && older.allowed() && older.kept();
    }

    private static Duration window(Fault fault, Reply stats) {
        long off = stats.number("t_off_ns");
        return off == 0 ? fault.duration() : Duration.ofNanos(off - stats.number("t_on_ns"));
    }

    /** Milliseconds from one moment to a later one; null while the later one has not come (the helper says 0). */
    private static @Nullable Double between(Reply stats, String from, String to) {
        long end = stats.number(to);
        return end == 0 ? null : (end - stats.number(from)) / 1e6;
    }

    private static Map<String, Map<Long, Long>> meanwhile(Told told) {
        Map<String, Map<Long, Long>> meanwhile = new LinkedHashMap<>();
        TIMED.forEach((key, name) -> {
            if (told.has(key)) {
                meanwhile.put(name, told.histogram(key));
            }
        });
        return meanwhile;
    }

    private static Map<String, Long> sawInstead(Fault fault, Reply stats) {
        return switch (fault.unit()) {
            case PACKET, CONNECTION -> stats.counts("peers");
            case QUERY -> stats.counts("names");
            case CALL, KILL, CGROUP, SLICE, PAGE -> Map.of();
        };
    }
}
