// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.GoroutineResult.Count;
import dev.chaosjunit.result.LoadResult.Point;
import dev.chaosjunit.result.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Made-up measurements; the same for the same seed. */
final class Series {
    private static final double SLICE_MS = 200;

    private Series() {}

    /** Latency around {@code calmMs}, and around {@code faultMs} while the fault is on; all errors fall into it. */
    static List<Point> of(List<Window> windows, double calmMs, double faultMs, long faultErrors) {
        Random random = new Random(1);
        Window fault = windows.get(1);
        double end = windows.get(windows.size() - 1).endMs();
        List<Point> points = new ArrayList<>();
        long failed = 0;
        for (double at = 0; at < end; at += SLICE_MS) {
            boolean on = at >= fault.startMs() && at < fault.endMs();
            double p50 = (on ? faultMs : calmMs) * (1 + 0.08 * random.nextGaussian());
            double p99 = p50 * (on && faultMs > 100 ? 1.2 : 2.5) * (1 + 0.2 * random.nextDouble());
            double share = Math.min(1, (at + SLICE_MS - fault.startMs()) / (fault.endMs() - fault.startMs()));
            long errors = on ? Math.round(faultErrors * share * share) - failed : 0;
            failed += errors;
            double max = errors > 0 && faultMs > 100 ? 2000 : p99 * (1.1 + 0.6 * random.nextDouble());
            points.add(new Point(at, 40, errors, p50, p99, max, 0));
        }
        return points;
    }

    /** A rise in the fault, and what is left at the looks 5 s and 30 s later. */
    static List<Count> goroutines(int baseline, int peak, int last) {
        List<Count> counts = new ArrayList<>();
        for (double at = 0; at <= 41_000; at += 1000) {
            double share = Math.max(0, Math.min(1, (at - 6000) / 5000));
            int rising = (int) (baseline + share * (peak - baseline));
            counts.add(new Count(at, at <= 11_000 ? rising : at <= 14_000 ? (rising + last) / 2 : last));
        }
        return counts;
    }

    static Map<Long, Long> errors(long count, long seed) {
        Random random = new Random(seed);
        Map<Long, Long> errors = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            long error = Math.round(18 + Math.abs(random.nextGaussian()) * 20 + (random.nextInt(80) == 0 ? 220 : 0));
            errors.merge(error, 1L, Long::sum);
        }
        return errors;
    }

    /** 500 ms ± 100 ms, each with one of the errors. */
    static Map<Long, Long> delays(Map<Long, Long> errors, long seed) {
        Random random = new Random(seed);
        Map<Long, Long> delays = new TreeMap<>();
        errors.forEach((error, count) -> {
            for (long i = 0; i < count; i++) {
                delays.merge(500_000 + random.nextInt(-100_000, 100_001) + error, 1L, Long::sum);
            }
        });
        return delays;
    }
}
