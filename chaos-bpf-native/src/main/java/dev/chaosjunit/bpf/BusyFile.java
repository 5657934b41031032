// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Starts programs that may have been written a moment ago: one that somebody still has open for writing is refused
 * (ETXTBSY), be it only by a child that is about to become another program.
 */
final class BusyFile {

    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private BusyFile() {}

    static Process start(ProcessBuilder builder) throws IOException {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (true) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("Text file busy") || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            Uninterruptibly.await(PAUSE, nanos -> {
                TimeUnit.NANOSECONDS.sleep(nanos);
                return true;
            });
        }
    }
}
