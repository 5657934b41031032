// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.observe.profile.ProfileKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Profiles of a real Go program that serves them")
class PodProfilesIT {
    @TempDir
    private static Path directory;

    private static GoProgram program;
    private static PodProfiles profiles;

    @BeforeAll
    static void start() throws Exception {
        program = GoProgram.start(GoProgram.build(directory));
        profiles = new PodProfiles(address());
    }

    private static InetSocketAddress address() {
        return GoProgram.reach(program.instance(), Pprof.port(program.instance(), "admin"));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @ParameterizedTest
    @CsvSource({"CPU, cpu", "GOROUTINE, goroutine", "HEAP, alloc_space", "BLOCK, delay", "MUTEX, delay"})
    @DisplayName("are taken of each kind")
    void kinds(ProfileKind kind, String amount) throws IOException {
        assertThat(profiles.take(kind, 1).types()).contains(amount);
    }

    @Test
    @DisplayName("of the processor are refused in Go's words while another one is taken")
    void already() throws InterruptedException {
        Callable<String> taking = () -> {
            try {
                return profiles.take(ProfileKind.CPU, 2).types().toString();
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        };
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            assertThat(both.invokeAll(List.of(taking, taking)).stream().map(PodProfilesIT::answer))
                    .contains("[samples, cpu]")
                    .anyMatch(answer ->
                            answer.endsWith("HTTP 500: Could not enable CPU profiling: cpu profiling already in use"));
        } finally {
            both.shutdownNow();
        }
    }

    private static String answer(Future<String> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("are not to be had where nobody answers any more")
    void gone() throws Exception {
        try (GoProgram killed = GoProgram.start(directory.resolve("target"))) {
            InetSocketAddress there = GoProgram.reach(killed.instance(), Pprof.port(killed.instance(), "admin"));
            ExecutorService taking = Executors.newSingleThreadExecutor();
            Future<Object> taken = taking.submit(() -> new PodProfiles(there).take(ProfileKind.CPU, 10));
            Thread.sleep(300);
            killed.kill();

            assertThatThrownBy(taken::get)
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasMessageContaining("/debug/pprof/profile?seconds=10: ");
            taking.shutdownNow();
        }
    }
}
