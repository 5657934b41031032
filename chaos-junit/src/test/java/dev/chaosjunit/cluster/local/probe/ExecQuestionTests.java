// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.manifest.Probe.Exec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A command as a question")
class ExecQuestionTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    @ParameterizedTest
    @CsvSource({
        "exit 0, true, exit code 0",
        "exit 1, false, exit code 1",
        "signal 9, false, signal 9",
        "timeout, false, killed after 2s"
    })
    @DisplayName("is good where it ends with exit code 0, and says how it ended")
    void end(String end, boolean good, String words) throws InterruptedException {
        assertThat(ask((command, limit) -> new Commands.Outcome(end, "")))
                .isEqualTo(new Answer(good, "exec check -x a b: " + words));
    }

    @Test
    @DisplayName("is run with its own words and time, and what it printed is shown in a line")
    void printed() throws InterruptedException {
        assertThat(ask((command, limit) -> new Commands.Outcome("exit 2", command + "\n" + limit + "\n")))
                .isEqualTo(new Answer(false, "exec check -x a b: exit code 2, \"[check, -x, a b] | PT2S\""));
        assertThat(ask((command, limit) -> new Commands.Outcome("exit 2", "x".repeat(1000)))
                        .text())
                .endsWith("exit code 2, \"" + "x".repeat(400) + "\"");
    }

    @Test
    @DisplayName("that cannot be run is no answer, with why")
    void failure() throws InterruptedException {
        assertThat(ask((command, limit) -> {
                    throw new IOException("the container has ended");
                }))
                .isEqualTo(Answer.none("exec check -x a b: the container has ended"));
    }

    private static Answer ask(Commands commands) throws InterruptedException {
        Exec exec = new Exec(List.of("check", "-x", "a b"));
        return Question.of(exec, new Route("", ""), commands).ask(LIMIT);
    }
}
