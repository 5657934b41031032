// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import java.util.Set;

/**
 * One goroutine of a dump.
 *
 * @param id never used twice within a process
 * @param state what it does or waits for: {@code running}, {@code select}, {@code chan send}, {@code IO wait}
 * @param waitMinutes for how long it has been waiting; 0 below a minute, and for leaked ones
 * @param leaked whether the last leak profile found it
 * @param createdBy the function that started it; {@link #MAIN} for the main goroutine
 * @param stack its frames as the dump has them
 */
public record Goroutine(long id, String state, int waitMinutes, boolean leaked, String createdBy, String stack) {
    /** Stands in for the creating function of the main goroutine, which has none. */
    public static final String MAIN = "(main goroutine)";

    private static final Set<String> STUCK =
            Set.of("chan send", "chan send (nil chan)", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock");

    /** Whether it waits for what only another goroutine could bring: a mutex or a channel's receiver. */
    public boolean stuck() {
        return STUCK.contains(state);
    }
}
