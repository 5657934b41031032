// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.result.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A run whose fault kills a pod")
@Timeout(20)
class KilledPodsTests {
    private static final Handle FIRST = new Handle.Container("node", "first");

    private final FakeClock clock = new FakeClock();
    private final ChangingCluster cluster = new ChangingCluster("p-0");
    private final FakeInjector injector = new FakeInjector();

    @Test
    @DisplayName("passes where the life that ended is the one that was to, and the pod comes back")
    void asked() throws InterruptedException {
        injector.killed.add(FIRST);
        Finished finished = run(Duration.ofSeconds(5), Optional.empty(), () -> {
            end(FIRST);
            cluster.restart("p-0");
        });

        assertThat(finished.result().outcome()).as(finished.result().summary()).isEqualTo(Outcome.PASSED);
        assertThat(finished.explained()).isFalse();
    }

    @Test
    @DisplayName("fails where another life ended than those that were to")
    void unasked() throws InterruptedException {
        injector.killed.add(FIRST);
        Finished finished = run(Duration.ofSeconds(5), Optional.empty(), () -> {
            end(FIRST);
            cluster.restart("p-0");
            end(new Handle.Container("node", "second"));
            cluster.restart("p-0", "third");
        });

        assertThat(finished.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finished.explained()).isTrue();
        assertThat(finished.result().summary()).startsWith("Pod p-0 ended ").contains("nobody had asked it to");
    }

    @Test
    @DisplayName("notes at its begin how many of the kills may find the pod running, and when it leaves its Services")
    void notes() throws InterruptedException {
        Finished finished =
                run(Duration.ofSeconds(60), Optional.of(Duration.ofSeconds(1)), () -> cluster.ready("p-0", false));

        assertThat(finished.result().notes())
                .first()
                .asString()
                .startsWith("Of 60 kills of a pod about 4 find it running");
        assertThat(finished.result().notes())
                .contains("Pod p-0 was not ready any more 100ms into the fault: it left its Services.");
    }

    private void end(Handle life) {
        cluster.end(new PodEnd(
                "p-0", "uid-p-0", "p", life, PodEnd.how(137), clock.nanoTime(), Duration.ZERO, List.of(), false));
    }

    private Finished run(Duration lasting, Optional<Duration> every, Runnable body) throws InterruptedException {
        Selection all = new Selection(Selector.parse("app=p"), Mode.ALL, "");
        Experiment experiment = new Experiment(
                "t",
                "t",
                List.of(new PodKill(all, lasting, KillSignal.SIGKILL, every)),
                List.of(),
                List.of(),
                Optional.empty(),
                new WindowLengths(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(60)),
                1);
        return new ExperimentRunner(
                        cluster,
                        injector,
                        (spec, routes) -> new FakeLoad(spec, clock, at -> new Sample(at, 1, null, true)),
                        clock,
                        Listener.printing(new PrintStream(new ByteArrayOutputStream())))
                .run(experiment, faults -> body.run());
    }
}
