// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.load.LoadGenerator;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.result.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fault that cannot be attached")
class EndedBeforeInjectionTests {
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final PrintStream NOWHERE = new PrintStream(new ByteArrayOutputStream());

    private final ChangingCluster cluster = new ChangingCluster("p-0");

    @Test
    @DisplayName("to a pod whose process has just ended makes the run inconclusive, and the end is its first line")
    void ended() throws InterruptedException {
        Finished finished = run(() -> cluster.end(new PodEnd(
                "p-0",
                "uid-p-0",
                "p",
                new Handle.LocalProcess(4711),
                "exit code 2",
                System.nanoTime(),
                Duration.ZERO,
                List.of("panic: oh"),
                false)));
        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary().lines())
                .containsExactly(
                        "Pod p-0 ended before anything was injected, so nothing was, and nobody had asked it to:"
                                + " exit code 2. It printed last:",
                        "  panic: oh",
                        "no such container");
        assertThat(finished.explained()).isTrue();
        assertThat(finished.thrown()).hasMessage("no such container");
    }

    @Test
    @DisplayName("to a pod of whose end word is still on its way waits for that")
    void toldLater() throws InterruptedException {
        FakeClock clock = new FakeClock();
        cluster.endsToldWithin = Duration.ofMillis(800); // later than word of a loss
        PodEnd end = new PodEnd(
                "p-0",
                "uid-p-0",
                "p",
                new Handle.LocalProcess(4711),
                "exit code 2",
                1,
                Duration.ZERO,
                List.of(),
                false);
        Injector failing = new Failing(() -> clock.after(Duration.ofMillis(800), () -> cluster.end(end)));
        LoadGenerator none = (spec, routes) -> new FakeLoad(spec, clock, at -> new Sample(at, 1, null, true));
        Finished finished = new ExperimentRunner(cluster, failing, none, clock, Listener.printing(NOWHERE))
                .run(experiment(), faults -> {});

        assertThat(finished.explained()).isTrue();
    }

    @Test
    @DisplayName("is an error where none has ended")
    void otherwise() {
        assertThatExceptionOfType(InjectionException.class).isThrownBy(() -> run(() -> {}));
    }

    private Finished run(Runnable meanwhile) throws InterruptedException {
        return new ExperimentRunner(cluster, new Failing(meanwhile), NOWHERE, Optional.empty())
                .run(experiment(), faults -> {});
    }

    private static Experiment experiment() {
        return new Experiment(
                "t",
                "t",
                List.of(SampleInjections.dns(MOMENT).fault()),
                List.of(),
                List.of(),
                Optional.empty(),
                new WindowLengths(MOMENT, MOMENT, MOMENT),
                1);
    }

    /** What it cannot attach to. */
    private record Failing(Runnable meanwhile) implements Injector {
        @Override
        public List<ActiveFault> attach(List<Injection> injections) {
            meanwhile.run();
            throw new InjectionException(Cause.FAILURE, "no such container");
        }

        @Override
        public CompletableFuture<Supplier<String>> lost() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
