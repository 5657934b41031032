// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.observe.profile.ProfileBytes;
import dev.chaosjunit.observe.profile.ProfileKind;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.ProfileResult.PodProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Profiles of a run")
@Timeout(20)
class ProfilingTests {
    private static final Map<String, String> UNDER = Map.of("chaos_id", "t/fault", "chaos_type", "NetworkDelay");

    private final FakeServices services = new FakeServices();

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    @DisplayName("are taken of the whole fault window, and of moments in it, where a pod has the port")
    void taken() throws InterruptedException {
        services.ofStretch = new ProfileBytes("samples", "cpu")
                .sample(List.of(3L, 30_000_000L), UNDER, "main.f")
                .bytes();
        services.ofMoment = new ProfileBytes("goroutine")
                .sample(List.of(1L), UNDER, "main.g")
                .bytes();
        ExperimentResult result = run(new SampleExperiment().profiles(ProfileKind.CPU, ProfileKind.GOROUTINE));

        assertThat(services.profiled).containsOnlyOnce("/debug/pprof/profile?seconds=5");
        assertThat(services.profiled)
                .filteredOn("/debug/pprof/goroutine?debug=0"::equals)
                .hasSize(10);
        assertThat(profiles(result).pods())
                .extracting(PodProfile::pod, PodProfile::kind, PodProfile::taken, PodProfile::faulted)
                .containsExactlyInAnyOrder(tuple("p-0", "cpu", 1, 30.0), tuple("p-0", "goroutine", 10, 10.0));
        assertThat(result.notes()).contains("No profiles of pods that have no container port named \"pprof\": q-0 {}");
    }

    @Test
    @DisplayName("are of a second at least, and look no more than 20 times")
    void lengths() throws InterruptedException {
        run(new SampleExperiment().lasting(Duration.ofMillis(300)).profiles(ProfileKind.CPU));
        assertThat(services.profiled).containsExactly("/debug/pprof/profile?seconds=1");
        services.profiled.clear();

        run(new SampleExperiment().lasting(Duration.ofSeconds(60)).profiles(ProfileKind.GOROUTINE));
        assertThat(services.profiled).hasSize(20);
    }

    @Test
    @DisplayName("that cannot be taken are a note each, and no failure")
    void refused() throws InterruptedException {
        services.profileStatus = 500;
        services.ofStretch = "Could not enable CPU profiling: cpu profiling already in use\n".getBytes(UTF_8);
        ExperimentResult result = run(new SampleExperiment().profiles(ProfileKind.CPU, ProfileKind.GOROUTINE));

        assertThat(result.notes())
                .anyMatch(note -> note.matches("No cpu profile of p-0: http://127.0.0.1:\\d+/debug/pprof/profile"
                        + "\\?seconds=5: HTTP 500: Could not enable CPU profiling: cpu profiling already in use"))
                .filteredOn(note -> note.startsWith("Not every goroutine profile of p-0: "))
                .hasSize(1);
        assertThat(profiles(result).pods()).isEmpty();
    }

    @Test
    @DisplayName("that are none are a note, and no failure")
    void noProfile() throws InterruptedException {
        services.ofStretch = "<html>".getBytes(UTF_8);
        ExperimentResult result = run(new SampleExperiment().profiles(ProfileKind.CPU));

        assertThat(result.notes()).anyMatch(note -> note.contains("seconds=5: the answer is no profile (Not in GZIP"));

        services.ofStretch = new ProfileBytes("goroutine").bytes();
        assertThat(run(new SampleExperiment().profiles(ProfileKind.CPU)).notes())
                .anyMatch(note -> note.endsWith("seconds=5: the answer is a profile of [goroutine], not of cpu"));
    }

    @Test
    @DisplayName("of a pod that is gone in the middle are a note, and no failure")
    void gone() throws InterruptedException {
        services.pods.set(0, FakeServices.pod("p-0", "p", 4711, Map.of("pprof", 1)));
        ExperimentResult result = run(new SampleExperiment().profiles(ProfileKind.CPU));

        assertThat(result.notes()).anyMatch(note -> note.startsWith("No cpu profile of p-0: http://127.0.0.1:1/"));
    }

    @Test
    @DisplayName("are not taken where nobody wants them, nor where nothing is injected")
    void unwanted() throws InterruptedException {
        assertThat(run(new SampleExperiment()).profiles()).isNull();
        services.latency = at -> FakeServices.SLOW;
        Finished unsteady =
                services.run(new SampleExperiment().profiles(ProfileKind.CPU).build());

        assertThat(unsteady.result().profiles()).isNull();
        assertThat(services.profiled).isEmpty();
    }

    @Test
    @DisplayName("are of one kind at least, each of which counts once")
    void kinds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WantedProfiles(List.of(), "admin"))
                .withMessage("no kind of profile is given: name one of [cpu, goroutine, heap, block, mutex]");
        assertThat(new WantedProfiles(List.of(ProfileKind.CPU, ProfileKind.CPU), "admin").kinds())
                .containsExactly(ProfileKind.CPU);
    }

    private ExperimentResult run(SampleExperiment experiment) throws InterruptedException {
        ExperimentResult result = services.run(experiment.build()).result();
        assertThat(result.outcome()).as(result.summary()).isEqualTo(Outcome.PASSED);
        return result;
    }

    private static ProfileResult profiles(ExperimentResult result) {
        return Objects.requireNonNull(result.profiles());
    }
}
