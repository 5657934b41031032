// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

/**
 * What a fault that holds calls by spinning took from the process itself: a call that spins keeps the thread and the Go
 * scheduler's processor that it runs on.
 *
 * @param processors that the program has, {@code GOMAXPROCS}
 * @param noneLeftMs for so long calls were held on all of them, milliseconds
 * @param windowMs of the fault's time
 * @param schedulerP99Ms how long a goroutine that could run waited for a processor at p99, milliseconds; 0 if not known
 */
public record Spinning(int processors, double noneLeftMs, double windowMs, double schedulerP99Ms) {

    /** The share of the fault's time without a processor, 0 to 1. */
    public double share() {
        return windowMs <= 0 ? 0 : Math.min(1, noneLeftMs / windowMs);
    }
}
