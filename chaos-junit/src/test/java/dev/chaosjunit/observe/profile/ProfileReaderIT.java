// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.chaosjunit.observe.profile.Profile.Sample;
import dev.chaosjunit.result.GoStack.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A profile of a real Go program")
class ProfileReaderIT {
    @TempDir
    private static Path directory;

    private static GoProfile program;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        program = new GoProfile(directory);
    }

    @Test
    @DisplayName(
            "has processor time by the labels of the goroutine, with its stacks, functions put into others among them")
    void cpu() throws IOException, InterruptedException {
        Profile profile = ProfileReader.read(program.cpu());

        assertThat(profile.types()).containsExactly("samples", "cpu");
        List<Sample> labelled = profile.samples().stream()
                .filter(sample -> sample.label(Profile.SPAN).equals("01"))
                .toList();
        assertThat(labelled)
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.labels())
                        .containsExactlyInAnyOrderEntriesOf(Map.of(
                                "trace_id",
                                "aa",
                                "span_id",
                                "01",
                                "chaos_id",
                                "T.t/fault",
                                "chaos_type",
                                "NetworkDelay")));
        long samples =
                labelled.stream().mapToLong(sample -> sample.values().get(0)).sum();
        long nanos =
                labelled.stream().mapToLong(sample -> sample.values().get(1)).sum();
        assertThat(nanos).isEqualTo(samples * 10_000_000);
        assertThat((double) samples)
                .as("100 a second of processor time, on a busy machine fewer")
                .isCloseTo(25, within(20.0));
        assertThat(labelled)
                .anySatisfy(sample -> assertThat(sample.stack().frames())
                        .extracting(Frame::function)
                        .containsSubsequence(
                                "main.spin", "main.burn", "main.labelled.func1", "runtime/pprof.Do", "main.main"));
        assertThat(labelled.get(0).stack().frames())
                .extracting(Frame::location)
                .anyMatch(at -> at.matches(".*/profiled\\.go:\\d+"));
    }

    @Test
    @DisplayName("has the goroutines of a moment, those with labels apart from those without")
    void goroutines() throws IOException, InterruptedException {
        Profile profile = ProfileReader.read(program.goroutines());

        assertThat(profile.types()).containsExactly("goroutine");
        assertThat(profile.samples())
                .filteredOn(sample -> sample.stack().has("main.waits"))
                .extracting(
                        sample -> sample.label(Profile.SPAN),
                        sample -> sample.values().get(0))
                .containsExactlyInAnyOrder(tuple("02", 3L), tuple("", 1L));
    }
}
