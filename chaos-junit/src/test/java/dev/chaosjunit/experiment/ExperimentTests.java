// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.Queue;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An experiment")
class ExperimentTests {
    private static final Fault FAULT =
            SampleInjections.delay(Duration.ofSeconds(5)).fault();

    @Test
    @DisplayName("is rehearsed as long as baseline, fault and recovery together, 30 s at most; else only to warm up")
    void rehearsal() {
        SampleExperiment watched = new SampleExperiment().goroutines();

        assertThat(watched.build().rehearsal()).isEqualTo(Duration.ofSeconds(13));
        assertThat(watched.lasting(Duration.ofSeconds(22)).build().rehearsal()).isEqualTo(Duration.ofSeconds(30));
        assertThat(watched.lasting(Duration.ofMinutes(5)).build().rehearsal()).isEqualTo(Duration.ofSeconds(30));
        assertThat(new SampleExperiment().build().rehearsal()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    @DisplayName("takes a fault and all windows at least, or with no load the fault alone")
    void timeToJudge() {
        assertThat(new SampleExperiment().build().timeToJudge(FAULT.duration()))
                .isEqualTo(Duration.ofSeconds(4 + 5 + 3 + 4));
        assertThat(new SampleExperiment().rate(0).build().timeToJudge(FAULT.duration()))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("lasts as long as the longest of its faults")
    void longest() {
        Fault longer = SampleInjections.dns(Duration.ofSeconds(7)).fault();

        assertThat(of(List.of(FAULT, longer), List.of()).longestFault()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    @DisplayName("needs a fault, and a load for its objectives")
    void refusals() {
        SloSpec slo = new SloSpec(Phase.FAULT, List.of(QuantileObjective.p99(Duration.ofSeconds(1))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(List.of(), List.of()))
                .withMessage("an experiment needs a fault");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(List.of(FAULT), List.of(slo)))
                .withMessage("an SLO needs a load that it is measured on");
    }

    @Test
    @DisplayName("may ask what a fault touches of the requests of a load, and of none without")
    void minTouched() {
        Fault touching = new NetworkDelay(
                FAULT.selection(),
                Duration.ofSeconds(5),
                new Latency(Duration.ofMillis(5)),
                Percent.NONE,
                Traffic.SENT,
                Queue.BY_NEED,
                new Percent(0.01));

        assertThat(new SampleExperiment().of(touching).build().faults()).containsExactly(touching);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SampleExperiment().of(touching).rate(0).build())
                .withMessage("minTouched is a share of the requests of a load, and there is no @Load");
    }

    @Test
    @DisplayName("gives what is killed as long to come back as the back-off of its planned kills takes")
    void backOff() {
        Selection all = new Selection(Selector.parse("app=p"), Mode.ALL, "");
        Optional<Duration> every = Optional.of(Duration.ofSeconds(4));
        Fault inTime = new PodKill(all, Duration.ofSeconds(11), KillSignal.SIGKILL, every);
        Fault late = new PodKill(all, Duration.ofMillis(10_999), KillSignal.SIGKILL, every);

        assertThat(of(List.of(inTime), List.of()).faults()).hasSize(1); // up again 14 s after its begin
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(List.of(late), List.of()))
                .withMessage(
                        "@PodKill(every): after the last kill that is possible, number 2, a container is started again"
                                + " after 10s, 3.001s after the fault, but recoverWithin is 3s. Make recoverWithin or every longer,"
                                + " or change duration: " + late.describe());
    }

    @Test
    @DisplayName("has windows above 0 s, and may have to be steady at once")
    void lengths() {
        Duration second = Duration.ofSeconds(1);

        assertThat(new WindowLengths(second, second, Duration.ZERO).recoverWithin())
                .isZero();
        for (Duration wrong : List.of(Duration.ZERO, second.negated())) {
            assertThatIllegalArgumentException().isThrownBy(() -> new WindowLengths(wrong, second, second));
            assertThatIllegalArgumentException().isThrownBy(() -> new WindowLengths(second, wrong, second));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowLengths(second, second, second.negated()));
    }

    @Test
    @DisplayName("gives goroutines more than 5 s, where the first look is")
    void goroutines() {
        assertThat(new GoroutineRecovery(Duration.ofMillis(5_001), "pprof").port())
                .isEqualTo("pprof");
        assertThatIllegalArgumentException().isThrownBy(() -> new GoroutineRecovery(Duration.ofSeconds(5), "pprof"));
    }

    private static Experiment of(List<Fault> faults, List<SloSpec> slos) {
        return new Experiment("t", "t", faults, List.of(), slos, Optional.empty(), SampleExperiment.LENGTHS, 1);
    }
}
