// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.clock.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** When to look after a fault: 5 s after its end, or at half of the time there is if that is sooner, then once a second. */
final class LookTimes {
    private static final double UNTIL_FIRST_LOOK_MS = 5_000;
    private static final double BETWEEN_LOOKS_MS = 1_000;

    private final double revertedMs;
    private final double untilFirst;
    private final double within;
    private final DoubleSupplier elapsedMs;
    private final Clock clock;

    LookTimes(double revertedMs, Duration within, DoubleSupplier elapsedMs, Clock clock) {
        this.revertedMs = revertedMs;
        this.within = within.toMillis();
        this.untilFirst = Math.min(UNTIL_FIRST_LOOK_MS, this.within / 2);
        this.elapsedMs = elapsedMs;
        this.clock = clock;
    }

    double nowMs() {
        return elapsedMs.getAsDouble();
    }

    Duration sinceRevert() {
        return Duration.ofMillis(Math.round((nowMs() - revertedMs) / 100) * 100);
    }

    /** Look until a look says that it is enough, or the time is over; a first look that is late gets a last one all the same. */
    void until(BooleanSupplier look) throws InterruptedException {
        while (nowMs() < revertedMs + untilFirst) {
            clock.sleep(Duration.ofMillis(20));
        }
        double end = Math.max(revertedMs + within, nowMs() + untilFirst);
        while (nowMs() < end && !look.getAsBoolean()) {
            clock.sleep(Duration.ofMillis((long) Math.min(BETWEEN_LOOKS_MS, Math.max(1, end - nowMs()))));
        }
    }

    /** Half of the time between the first look and the last: what starts to hang late is seen that far apart as well. */
    Duration half() {
        return Duration.ofMillis((long) Math.max(untilFirst, within - untilFirst) / 2);
    }
}
