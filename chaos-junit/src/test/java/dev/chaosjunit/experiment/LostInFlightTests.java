// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.ConnectionReset;
import dev.chaosjunit.fault.Connections;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.ResetTime;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.slo.QuantileObjective;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Requests in flight as a fault begins")
class LostInFlightTests {
    private static final Duration LENGTH = Duration.ofSeconds(5);

    /** One of the baseline is waited for, and those that are sent meanwhile are in flight then. */
    private static long latency(long atNanos) {
        boolean last = atNanos >= 7_900_000_000L && atNanos < 7_901_000_000L;
        boolean meanwhile = atNanos >= 8_600_000_000L && atNanos < 8_800_000_000L;
        return last || meanwhile ? FakeServices.SLOW : FakeServices.FAST;
    }

    @Test
    @DisplayName("count for it where it kills or resets, as they are what was in hand of what it hits, and else do not")
    void inFlight() throws InterruptedException {
        PodKill kill = new PodKill(
                new Selection(Selector.parse("app=p"), Mode.ALL, ""), LENGTH, KillSignal.SIGKILL, Optional.empty());

        ConnectionReset reset = new ConnectionReset(
                new Selection(Selector.parse("app=p"), Mode.ALL, ""),
                LENGTH,
                ResetTime.NEXT_PACKET,
                Connections.ALL,
                new Traffic(Direction.BOTH, Optional.empty(), List.of(), PortRange.ANY, Protocol.TCP, Probes.HIT),
                Percent.NONE);

        assertThat(outcome(new SampleExperiment().of(kill))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(new SampleExperiment().of(reset))).isEqualTo(Outcome.FAILED);
        assertThat(outcome(new SampleExperiment().lasting(LENGTH))).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("are all that count of what was sent before it: what was answered by then is the baseline's")
    void answeredBefore() throws InterruptedException {
        PodKill kill = new PodKill(
                new Selection(Selector.parse("app=p"), Mode.ALL, ""), LENGTH, KillSignal.SIGKILL, Optional.empty());
        try (FakeServices services = new FakeServices()) {
            services.latency =
                    at -> at >= 5_000_000_000L && at < 5_001_000_000L ? FakeServices.SLOW : FakeServices.FAST;
            assertThat(services.run(new SampleExperiment()
                                    .of(kill)
                                    .rate(1000)
                                    .whileFaulted(QuantileObjective.max(Duration.ofMillis(800)))
                                    .build())
                            .result()
                            .outcome())
                    .isEqualTo(Outcome.PASSED);
        }
    }

    private static Outcome outcome(SampleExperiment experiment) throws InterruptedException {
        try (FakeServices services = new FakeServices()) {
            services.latency = LostInFlightTests::latency;
            return services.run(experiment
                            .rate(1000)
                            .whileFaulted(QuantileObjective.p99(Duration.ofMillis(200)))
                            .build())
                    .result()
                    .outcome();
        }
    }
}
