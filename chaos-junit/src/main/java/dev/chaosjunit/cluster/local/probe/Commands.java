// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs commands in a container. */
@FunctionalInterface
public interface Commands {

    /**
     * Run one, without a shell, to its end or until its time is over.
     *
     * @throws IOException when it was not run, with why
     */
    Outcome run(List<String> command, Duration limit) throws IOException, InterruptedException;

    /**
     * What came of a command.
     *
     * @param end in words: {@code "exit 0"}, {@code "signal 9"}, {@code "timeout"}
     * @param output the begin of what it printed
     */
    record Outcome(String end, String output) {}
}
