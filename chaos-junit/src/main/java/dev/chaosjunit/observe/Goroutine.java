// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.result.GoStack;
import java.util.Optional;
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

    /** Calls side by side make so many more or less in a healthy client; a client made for each call makes more soon. */
    private static final int IDLE_CONNECTIONS = 10;

    private static final Set<String> STUCK =
            Set.of("chan send", "chan send (nil chan)", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock");

    private static final String IDLE = ", idle connections";

    GoStack frames() {
        return GoStack.parse(stack);
    }

    /** What it waits for, and in which function. */
    String place() {
        return state
                + frames().hanging().stream()
                        .findFirst()
                        .map(frame -> " in " + frame.function())
                        .orElse("");
    }

    /** Whether it answers a request for a profile: this tool's own, or somebody else's who looks on. */
    boolean servesProfile() {
        return stack.contains("net/http/pprof.");
    }

    /**
     * What it is counted with: those of the same creating function. A client's idle connections are counted by themselves,
     * and what else there is of a connection at rest is not counted at all.
     */
    Optional<String> group() {
        if (IdleConnections.isOther(this)) {
            return Optional.empty();
        }
        return Optional.of(IdleConnections.isClient(this) ? createdBy + IDLE : createdBy);
    }

    /** How many more than in the baseline a group may have without a question. */
    static int allowance(String group) {
        return group.endsWith(IDLE) ? IDLE_CONNECTIONS : 0;
    }

    /** Whether it waits for what only another goroutine could bring: a mutex or a channel's receiver. */
    public boolean stuck() {
        return STUCK.contains(state);
    }
}
