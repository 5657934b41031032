// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.ExperimentResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTests {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("the JSON form is stable: other programs read it")
    void stableForm() throws IOException {
        Golden.verify("inconclusive.json", ResultFiles.write(Samples.inconclusive()));
    }

    @Test
    @DisplayName("what is written is read back unchanged")
    void roundTrip() throws IOException {
        for (ExperimentResult result :
                new ExperimentResult[] {Samples.passed(), Samples.failed(), Samples.notCounted()}) {
            Files.writeString(directory.resolve(result.id() + ".json"), ResultFiles.write(result));
        }

        assertThat(ResultFiles.readAll(directory).results())
                .containsExactlyInAnyOrder(Samples.passed(), Samples.failed(), Samples.notCounted());
    }

    @Test
    @DisplayName("a window of a stage that there is not is refused by its name")
    void unknownStage() throws IOException {
        String written = ResultFiles.write(Samples.inconclusive());
        Files.writeString(directory.resolve("a.json"), written.replace("\"name\" : \"fault\"", "\"name\" : \"lunch\""));
        Files.writeString(directory.resolve("b.json"), written.replace("\"name\" : \"fault\"", "\"name\" : null"));

        assertThat(ResultFiles.readAll(directory).unreadable())
                .extracting(ResultFiles.Unreadable::reason)
                .satisfiesExactly(
                        named -> assertThat(named).contains("\"lunch\"", "baseline", "fault", "recovery"),
                        none -> assertThat(none).contains("\"name\""));
    }
}
