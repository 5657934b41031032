// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When kills of a pod are asked for: as the fault begins, and again where that is wanted.
 *
 * @param duration of the fault; none is due at its end
 * @param every from one to the next; absent for one only
 * @param deletion where the pod itself is deleted, how long it may take to end after SIGTERM; absent where a container is killed
 * @param keptDown whether a container is not started again before the fault is over
 * @param containers the names of those that are killed; empty for a pod's first
 */
public record PlannedKills(
        Duration duration,
        Optional<Duration> every,
        Optional<Duration> deletion,
        boolean keptDown,
        List<String> containers) {

    public PlannedKills {
        containers = List.copyOf(containers);
    }

    /**
     * What may become of them.
     *
     * @param possible how many find the container running, which after an end is down for its {@link BackOff}
     * @param lastWait the back-off after the last of these
     * @param backAfter how long after the fault it is started again; zero where that is before its end
     */
    public record Foreseen(long possible, Duration lastWait, Duration backAfter) {}

    /** How many there are. */
    public long asked() {
        return every.map(each -> (duration.toNanos() - 1) / each.toNanos() + 1).orElse(1L);
    }

    /** When one is due, from the begin of the fault; the first has number 0. */
    public Optional<Duration> due(long number) {
        return number == 0
                ? Optional.of(Duration.ZERO)
                : every.filter(each -> number < asked()).map(each -> each.multipliedBy(number));
    }

    /** As far as it can be known before: a start takes no time here, and nothing else ends the container. */
    public Foreseen foreseen() {
        BackOff backOff = new BackOff();
        long possible = 0;
        Duration wait = Duration.ZERO;
        Duration up = Duration.ZERO;
        for (long number = 0; number < asked(); number++) {
            Duration now = due(number).orElseThrow();
            if (number == 0 || now.compareTo(up) > 0) {
                possible++;
                wait = backOff.afterRunning(now.minus(up));
                up = now.plus(wait);
            }
        }
        Duration after = up.minus(duration);
        return new Foreseen(possible, wait, after.isNegative() ? Duration.ZERO : after);
    }
}
