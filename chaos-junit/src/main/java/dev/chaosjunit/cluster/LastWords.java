// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one process of a pod printed last. A Go program that crashes prints why first, and then the stacks of as many
 * goroutines as it has: the end of that tells nothing.
 */
public final class LastWords {
    private static final int LAST = 10;
    private static final int CRASH = 14;

    /** As the runtime writes it, at the start of a line: servers that recover and log put a date before it. */
    private static final Pattern WHY = Pattern.compile(
            "(panic: |fatal error: |unexpected fault address |runtime: goroutine stack exceeds |SIG[A-Z]+: ).*");

    private final Deque<String> last = new ArrayDeque<>();
    private final List<String> crash = new ArrayList<>();
    private int afterCrash;

    public synchronized void append(String line) {
        if (last.size() == LAST) {
            last.removeFirst();
        }
        last.addLast(line);
        boolean within = !crash.isEmpty() && crash.size() < CRASH;
        if (!within && WHY.matcher(line).matches()) {
            crash.clear();
            afterCrash = 0;
            within = true;
        }
        if (within) {
            crash.add(line);
        } else {
            afterCrash++;
        }
    }

    /** The lines that tell why it ended with this exit code: the begin of its crash if that is one, or else the last. */
    public synchronized List<String> of(int exitCode) {
        if (crash.isEmpty() || !isCrash(exitCode)) {
            return List.copyOf(last);
        }
        List<String> lines = new ArrayList<>(crash);
        if (afterCrash > 0) {
            lines.add("… and " + afterCrash + " more lines");
        }
        return lines;
    }

    /** The one that tells most, of lines from {@link #of}. */
    public static Optional<String> mostTelling(List<String> lines) {
        return lines.stream()
                .filter(line -> WHY.matcher(line).matches())
                .findFirst()
                .or(() -> lines.stream().skip(Math.max(0, lines.size() - 1)).findFirst());
    }

    /** The Go runtime's own, and its SIGABRT where GOTRACEBACK is crash. */
    private static boolean isCrash(int exitCode) {
        return exitCode == 2 || exitCode == 134;
    }
}
