// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT) // they wait most of the time, each for a program of its own
@DisplayName("Watching a real Go program's goroutines")
class GoroutineWatchesIT {
    private static final Duration SHORT = Duration.ofSeconds(3);

    @TempDir
    private static Path directory;

    private static Path binary;

    private final long startNanos = System.nanoTime();
    private GoProgram program;
    private GoroutineWatches watches;

    @BeforeAll
    static void build() throws Exception {
        binary = GoProgram.build(directory);
    }

    @BeforeEach
    void start() throws Exception {
        program = GoProgram.start(binary);
        watches = new GoroutineWatches(List.of(program.instance()), "admin", GoProgram::reach, Clock.SYSTEM);
        watches.takeBaseline();
    }

    @AfterEach
    void stop() {
        program.close();
    }

    @Test
    @DisplayName("passes a healthy one at the first look, and has its chart")
    void healthy() throws Exception {
        watches.sample(elapsedMs(), List::of);
        program.get("/end-soon");
        watches.sample(elapsedMs(), List::of);

        GoroutineResult result = judge(Duration.ofSeconds(20));

        assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.PASSED);
        assertThat(result.detail()).startsWith("back at or below the baseline of " + result.baseline());
        assertThat(result.groups()).isEmpty();
        assertThat(result.series()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(result.series()).extracting(GoroutineResult.Count::atMs).isSorted();
        assertThat(result.series()).allMatch(count -> count.goroutines() >= 1);
    }

    @Test
    @DisplayName("finds goroutines that leak on a channel send, with their stack")
    void leakOnSend() throws Exception {
        for (int i = 0; i < 3; i++) {
            program.get("/leak-on-send");
        }

        GoroutineResult result = judge(SHORT);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail()).startsWith("leak: ");
        Group group = result.groups().get(0);
        assertThat(group.createdBy()).isEqualTo("main.leakOnSend");
        assertThat(group.baseline()).isZero();
        assertThat(group.after()).isEqualTo(3);
        assertThat(group.state()).isEqualTo("chan send");
        assertThat(group.stack()).contains("target.go:");
    }

    @Test
    @DisplayName("finds goroutines that leak on a channel receive by the runtime's leak profile")
    void leakOnReceive() throws Exception {
        program.get("/leak-on-receive");

        GoroutineResult result = judge(SHORT);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail())
                .startsWith("leak: the Go runtime found 1 goroutine that can never wake again (baseline 0):"
                        + " main.leakOnReceive.func1, created by main.leakOnReceive 0 \u2192 1 (chan receive)");
    }

    @Test
    @DisplayName("fails a call to a silent peer as not back in time, unsure whether it leaks")
    void silentPeer() throws Exception {
        program.get("/silent-peer");

        GoroutineResult result = judge(SHORT);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail())
                .startsWith("not back 3")
                .contains("main.callSilentPeer 0 \u2192 1 (IO wait)")
                .contains("unsure");
    }

    @Test
    @DisplayName("tells a pod that died from one that leaks")
    void died() throws Exception {
        program.kill();

        GoroutineResult result = judge(SHORT);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail())
                .isEqualTo("target-0 (pid " + program.instance().pid()
                        + ") died or was replaced during the experiment: it did not survive, and has no goroutines to"
                        + " compare");
    }

    @Test
    @DisplayName("takes a pod of the same name that is another for a replaced one")
    void replaced() throws Exception {
        Instance pod = program.instance();
        Instance other = new Instance(
                pod.name(),
                "another",
                pod.workload(),
                pod.labels(),
                pod.address(),
                pod.handle(),
                pod.device(),
                pod.ports());
        GoroutineResult result = judge(SHORT, () -> List.of(other));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail()).contains("died or was replaced");
    }

    @Test
    @DisplayName("claims nothing of a pod that runs but does not answer")
    void unreachable() throws Exception {
        List<Instance> running = program.running();
        program.kill();

        GoroutineResult result = judge(SHORT, () -> running);

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.detail()).contains("target-0").contains("refused");
    }

    @Test
    @DisplayName("refuses a pod without an admin port before anything starts")
    void noAdminPort() {
        Instance without = new Instance(
                "web-0", "web-0", "web", Map.of(), "127.0.0.1", new Handle.LocalProcess(1), "lo", Map.of("http", 80));

        assertThatExceptionOfType(PprofException.class)
                .isThrownBy(() -> new GoroutineWatches(List.of(without), "admin", GoProgram::reach, Clock.SYSTEM))
                .withMessageContaining("web-0");
    }

    private GoroutineResult judge(Duration within) throws InterruptedException {
        return judge(within, program::running);
    }

    private GoroutineResult judge(Duration within, Supplier<List<Instance>> running) throws InterruptedException {
        watches.judge(elapsedMs(), within, this::elapsedMs, running);
        return watches.results().get(0);
    }

    private double elapsedMs() {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
