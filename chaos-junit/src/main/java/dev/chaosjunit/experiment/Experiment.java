// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be tried and what must hold, as a value: no JUnit, so that YAML or a main method can make one too.
 *
 * @param id unique and fit for a file name
 * @param title for people
 * @param faults injected together; at least one
 * @param loads sent through all windows; without any there are no baseline and recovery windows
 * @param slos what the loads must see
 * @param goroutines whether and how goroutines must come back
 * @param windows lengths
 * @param seed of all randomness
 * @param podsMayEnd whether a pod's process may end, as long as it comes back
 */
public record Experiment(
        String id,
        String title,
        List<Fault> faults,
        List<LoadSpec> loads,
        List<SloSpec> slos,
        Optional<GoroutineRecovery> goroutines,
        Windows windows,
        long seed,
        boolean podsMayEnd) {

    public Experiment {
        faults = List.copyOf(faults);
        loads = List.copyOf(loads);
        slos = List.copyOf(slos);
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs a fault");
        }
        if (loads.isEmpty()
                && faults.stream().anyMatch(fault -> fault.minTouched().fraction() > 0)) {
            throw new IllegalArgumentException(
                    "minTouched is a share of the requests of a load, and there is no @Load");
        }
        if (loads.isEmpty() && !slos.isEmpty()) {
            throw new IllegalArgumentException("an SLO needs a load that it is measured on");
        }
    }

    /** One whose pods may not end. */
    public Experiment(
            String id,
            String title,
            List<Fault> faults,
            List<LoadSpec> loads,
            List<SloSpec> slos,
            Optional<GoroutineRecovery> goroutines,
            Windows windows,
            long seed) {
        this(id, title, faults, loads, slos, goroutines, windows, seed, false);
    }

    /** The shortest time in which one of the faults can be judged; the first of a set of loads is rehearsed on top. */
    public Duration around(Fault fault) {
        return loads.isEmpty()
                ? fault.duration()
                : windows.baseline()
                        .plus(fault.duration())
                        .plus(windows.recoverWithin())
                        .plus(windows.recovery());
    }
}
