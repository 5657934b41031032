// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.time.Duration;

/**
 * When a container that ended is started again, by the kubelet and by the local runtime: the first time at once, then after 10 s, 20 s, 40 s
 * and so on, up to 5 min. One that ran for more than 10 min begins anew.
 */
public final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN_AFTER = LONGEST.multipliedBy(2);

    private Duration next = Duration.ZERO;

    /** How long after its end a container is started that ran for that long; each call is one more end. */
    public Duration afterRunning(Duration ran) {
        if (ran.compareTo(FORGOTTEN_AFTER) > 0) {
            next = Duration.ZERO;
        }
        Duration wait = next;
        next = wait.isZero() ? FIRST : shorter(wait.multipliedBy(2), LONGEST);
        return wait;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
