// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import java.util.Locale;

/** Figures as a table has them. */
final class Figures {
    private static final double MIB = 1 << 20;

    private Figures() {}

    static String ms(double millis) {
        return millis < 10
                ? String.format(Locale.ROOT, "%.2f ms", millis)
                : millis < 1_000
                        ? String.format(Locale.ROOT, "%.0f ms", millis)
                        : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }

    static String msSince(long nanos) {
        return ms((System.nanoTime() - nanos) / 1e6);
    }

    static String mib(long bytes) {
        return String.format(Locale.ROOT, bytes < 10 * MIB ? "%.1f MiB" : "%.0f MiB", bytes / MIB);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
