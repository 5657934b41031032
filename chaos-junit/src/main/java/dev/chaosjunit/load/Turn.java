// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

/**
 * When a schedule begins that takes turns with others of its rate.
 *
 * @param firstNanos when its first request is due, on {@link System#nanoTime()}'s clock
 * @param of how many there are: each sends that part of all requests
 */
record Turn(long firstNanos, int of) {

    /** A schedule on its own, from now on. */
    static Turn alone() {
        return new Turn(System.nanoTime(), 1);
    }

    /** When a request is due. */
    long planned(long number, double perSecond) {
        return firstNanos + (long) (number * of * 1e9 / perSecond);
    }
}
