// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import java.time.Duration;

/** Durations as whole numbers: some versions of Chaos Mesh drop a fraction such as 0.5s without a word. */
final class GoDuration {
    private GoDuration() {}

    /** In the largest of s, ms and us that leaves it whole; what is below a microsecond is cut off. */
    static String of(Duration duration) {
        long micros = duration.toNanos() / 1000;
        if (micros % 1_000_000 == 0) {
            return micros / 1_000_000 + "s";
        }
        return micros % 1000 == 0 ? micros / 1000 + "ms" : micros + "us";
    }
}
