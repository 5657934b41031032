// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static java.lang.System.Logger.Level.WARNING;

import java.util.concurrent.atomic.AtomicInteger;

/** Forwarded connections that failed: the first is said at once, the number of all at the end. */
final class ForwardFailures {
    private final String where;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean expected;

    ForwardFailures(String where) {
        this.where = where;
    }

    void add(Throwable failure) {
        if (!expected && count.incrementAndGet() == 1) {
            log("a connection through the API server " + where + " failed: " + failure.getMessage());
        }
    }

    /** From now on they are our own doing. */
    void expected() {
        expected = true;
    }

    void sum() {
        if (count.get() > 1) {
            log(count + " connections through the API server " + where + " failed");
        }
    }

    private static void log(String message) {
        System.getLogger(PortForward.class.getName()).log(WARNING, message);
    }
}
