// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.ChaosRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a pool of connections all the time, and tells spans of it apart. */
final class PoolWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    /**
     * A part of that time.
     *
     * @param mostInUse connections at once
     * @param waits how often a request had to wait for one
     * @param waitedMillis for how long all together that did not wait any more by its end
     */
    record Span(int mostInUse, long waits, double waitedMillis) {
        /** Nobody stopped waiting, and somebody began to. */
        boolean isEndless() {
            return waits > 0 && waitedMillis == 0;
        }

        double meanWaitMillis() {
            return waits == 0 ? 0 : waitedMillis / waits;
        }

        String waitInWords() {
            return isEndless()
                    ? "for ever (" + waits + ")"
                    : String.format(Locale.ROOT, "%.0f ms (%d)", meanWaitMillis(), waits);
        }
    }

    private final ChaosRun run;
    private final String service;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private final List<Pool> seen = new ArrayList<>();

    PoolWatch(ChaosRun run, String service) {
        this.run = run;
        this.service = service;
        var unused = looks.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Pool pool = Pool.in(Metrics.of(service, run));
        synchronized (seen) {
            seen.add(pool);
        }
    }

    /** What was since its start, or since it was asked before. */
    Span next() {
        look();
        synchronized (seen) {
            Pool first = seen.get(0);
            Pool last = seen.get(seen.size() - 1);
            Span span = new Span(
                    seen.stream().mapToInt(Pool::inUse).max().orElseThrow(),
                    last.waits() - first.waits(),
                    (last.waitedSeconds() - first.waitedSeconds()) * 1_000);
            seen.subList(0, seen.size() - 1).clear();
            return span;
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
