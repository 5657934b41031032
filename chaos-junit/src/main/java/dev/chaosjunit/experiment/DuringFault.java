// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import java.util.List;

/** What the load saw of the faults, held against the limits of that phase. */
final class DuringFault {
    private final Run run;
    private final FaultSchedule faults;
    private final Loads loads;

    DuringFault(Run run, FaultSchedule faults, Loads loads) {
        this.run = run;
        this.faults = faults;
        this.loads = loads;
    }

    /** Judge the requests that have ended of those that were due until a moment. */
    List<SloResult> judge(long to) {
        long from = run.findings().injected();
        InFlight inFlight = new InFlight(faults.cuts());
        long earliest = losesWhatIsInFlight() ? run.findings().start() : from;
        return loads.judge(
                run.experiment().slos(),
                Phase.FAULT,
                Stage.FAULT,
                earliest,
                to,
                request ->
                        (request.plannedNanos() >= from || request.endedNanos() > from) && inFlight.isCounted(request));
    }

    private boolean losesWhatIsInFlight() {
        return run.experiment().faults().stream().anyMatch(Fault::losesWhatIsInFlight);
    }
}
