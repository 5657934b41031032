// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.load.FedLoad;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.Routes;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.List;

/** All that an experiment does with its load's requests, which nobody has to send for that. */
public final class JudgedLoad {
    private static final SloSpec SLO = new SloSpec(
            Phase.FAULT,
            List.of(QuantileObjective.p99(Duration.ofMillis(200)), new ErrorRateObjective(Percent.parse("2%"))));

    private final Loads loads;
    private final long nanos;

    /** Have it in hand. */
    public JudgedLoad(LoadSpec spec, Duration length) {
        this.nanos = length.toNanos();
        this.loads =
                Loads.start(List.of(spec), (asked, routes) -> FedLoad.of(asked, length), Routes.SYSTEM, Clock.SYSTEM);
    }

    /** The whole of it as one window: settled, judged, and as the report has it. */
    public Judged judge() throws InterruptedException {
        loads.settle(0, nanos);
        List<SloResult> slos = loads.judge(List.of(SLO), Phase.FAULT, Stage.FAULT, 0, nanos, request -> true);
        List<LoadResult> results = loads.results(0, List.of(new Window(Stage.FAULT, 0, nanos / 1e6)));
        return new Judged(slos, results, loads.sent(0, nanos));
    }

    /** What came of it. */
    public record Judged(List<SloResult> slos, List<LoadResult> loads, long sent) {}
}
