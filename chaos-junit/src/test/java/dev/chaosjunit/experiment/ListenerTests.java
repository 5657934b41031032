// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who prints how far a run is")
class ListenerTests {

    @Test
    @DisplayName("has a line for each stage, with the load's figures, once it is over")
    void lines() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Listener listener =
                Listener.printing(new PrintStream(out, true, UTF_8)).listen("t", () -> "p99 1 ms")) {
            listener.entered(Stage.BASELINE, Duration.ofSeconds(4));
            listener.entered(Stage.FAULT, Duration.ofSeconds(5));
        }

        assertThat(out.toString(UTF_8).lines()).hasSize(2).allMatch(line -> line.endsWith("p99 1 ms"));
        assertThat(out.toString(UTF_8)).contains("[t] baseline  done after").contains("[t] fault     done after");
    }
}
