// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import dev.chaosjunit.quantity.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Whether a command in the container ends well. */
record ExecQuestion(List<String> command, Commands commands) implements Question {

    private static final String GOOD = "exit 0";
    private static final int SHOWN = 400;

    @Override
    public Answer ask(Duration connect, Duration all) throws InterruptedException {
        String question = "exec " + String.join(" ", command) + ": ";
        try {
            Commands.Outcome outcome = commands.run(command, all);
            return new Answer(outcome.end().equals(GOOD), question + words(outcome, all));
        } catch (IOException e) {
            return Answer.none(question + e.getMessage());
        }
    }

    private static String words(Commands.Outcome outcome, Duration all) {
        String end = outcome.end()
                .replace("exit ", "exit code ")
                .replace("timeout", "killed after " + Durations.format(all));
        String printed = outcome.output().strip().replace("\n", " | ");
        return end + (printed.isEmpty() ? "" : ", \"" + printed.substring(0, Math.min(SHOWN, printed.length())) + "\"");
    }
}
