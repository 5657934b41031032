// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.fault.PlainFault;
import dev.chaosjunit.fault.SideEffect;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The findings of a run")
class FindingsTests {
    private final ChangingCluster cluster = new ChangingCluster("p-0", "p-1");

    @Test
    @DisplayName("have a pod that went in the notes, unless its end is the verdict's first line already")
    void gone() {
        Findings findings = findings(false);
        end("p-0");
        cluster.go("p-0");
        cluster.go("p-1");
        findings.judgePods();
        Finished finished = findings.finished(Optional.empty());

        assertThat(finished.explained()).isTrue();
        assertThat(finished.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(finished.result().summary()).startsWith("Pod p-0 ended before anything was injected");
        assertThat(finished.result().notes()).containsExactly("Pod p-1 ended during the experiment.");
    }

    @Test
    @DisplayName("have ends that are allowed in the notes alone")
    void allowed() {
        Findings findings = findings(true);
        end("p-0");
        findings.judgePods();
        Finished finished = findings.finished(Optional.empty());

        assertThat(findings.isUnharmed()).isTrue();
        assertThat(finished.explained()).isFalse();
        assertThat(finished.result().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(finished.result().notes())
                .singleElement()
                .asString()
                .startsWith("Pod p-0 ended ")
                .endsWith(" @PodsMayEnd allows it.");
    }

    @Test
    @DisplayName("are a pass where nothing stands against it and the test's own code threw nothing")
    void passed() {
        assertThat(findings(false).passed()).isTrue();

        Findings threw = findings(false);
        threw.threw(new IllegalStateException());
        assertThat(threw.passed()).isFalse();

        Findings failed = findings(false);
        failed.verdict().add(Outcome.FAILED, "no");
        assertThat(failed.passed()).isFalse();
    }

    @Test
    @DisplayName("blame nobody for the end of a life that a fault was to end, and for any other")
    void killed() {
        Findings findings = findings(false);
        findings.killed(List.of(new Handle.LocalProcess(4711)));
        end("p-0");
        findings.judgePods();
        assertThat(findings.isUnharmed()).isTrue();
        assertThat(findings.passed()).isTrue();

        cluster.end(new PodEnd(
                "p-1",
                "uid-p-1",
                "p",
                new Handle.LocalProcess(4712),
                "exit code 2",
                7,
                Duration.ZERO,
                List.of(),
                false));
        assertThat(findings.isUnharmed()).isFalse();
        findings.judgePods();
        assertThat(findings.finished(Optional.empty()).result().summary()).startsWith("Pod p-1 ended ");
    }

    @Test
    @DisplayName("say first what a fault did beyond what was asked for")
    void sideEffects() {
        Findings findings = findings(false);
        findings.verdict().add(Outcome.FAILED, "p99 was 2s");
        findings.witnesses(List.of(new FaultWitness(
                new PlainFault("GoDelay"),
                List.of(FaultResult.of("delay", "p-0", Unit.CALL)
                        .sideEffect(new SideEffect("All of p-0 was held.", "p-0 was held", null))
                        .witness(Outcome.PASSED)
                        .build()))));
        ExperimentResult result = findings.finished(Optional.empty()).result();

        assertThat(result.summary().lines()).containsExactly("All of p-0 was held.", "p99 was 2s");
        assertThat(result.faults()).hasSize(1);
    }

    private Findings findings(boolean podsMayEnd) {
        Experiment plain = new SampleExperiment().build();
        Experiment experiment = new Experiment(
                plain.id(),
                plain.title(),
                plain.faults(),
                plain.loads(),
                plain.slos(),
                plain.goroutines(),
                plain.windows(),
                plain.seed(),
                podsMayEnd,
                Optional.empty(),
                TraceRules.NONE,
                List.of(),
                Optional.empty());
        return new Findings(experiment, cluster, new FakeClock());
    }

    private void end(String pod) {
        cluster.end(new PodEnd(
                pod,
                "uid-" + pod,
                "p",
                new Handle.LocalProcess(4711),
                "exit code 2",
                7,
                Duration.ZERO,
                List.of(),
                false));
    }
}
