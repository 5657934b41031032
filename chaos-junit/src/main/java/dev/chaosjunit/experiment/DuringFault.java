// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.SloSpec;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        Predicate<Sample> counted = request ->
                (request.plannedNanos() >= from || request.endedNanos() > from) && inFlight.isCounted(request);
        List<SloSpec> slos = run.experiment().slos();
        Set<String> faulted = faults.targets().stream().map(Instance::title).collect(Collectors.toSet());
        return Stream.concat(
                        loads.judge(slos, Phase.FAULT, Stage.FAULT, earliest, to, counted).stream(),
                        loads.compare(slos, faulted, earliest, to, counted).stream())
                .toList();
    }

    private boolean losesWhatIsInFlight() {
        return run.experiment().faults().stream().anyMatch(Fault::losesWhatIsInFlight);
    }
}
