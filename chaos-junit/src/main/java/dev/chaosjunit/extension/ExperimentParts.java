// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.experiment.GoroutineRecovery;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.slo.SloSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done and what must hold, apart from where.
 *
 * @param faults injected in every test
 * @param loads sent
 * @param slos what they must see
 * @param goroutines how goroutines must come back
 */
record ExperimentParts(
        List<Fault> faults, List<LoadSpec> loads, List<SloSpec> slos, Optional<GoroutineRecovery> goroutines) {
    static final ExperimentParts NONE = new ExperimentParts(List.of(), List.of(), List.of(), Optional.empty());

    static ExperimentParts read(AnnotatedPlaces elements) {
        List<LoadSpec> loads = new ArrayList<>();
        List<SloSpec> slos = new ArrayList<>();
        List<GoroutineRecovery> goroutines = new ArrayList<>();
        Mistakes mistakes = new Mistakes();
        mistakes.in(() -> loads.addAll(AnnotatedParts.loads(elements)));
        mistakes.in(() -> slos.addAll(AnnotatedParts.slos(elements)));
        mistakes.in(() -> AnnotatedParts.goroutines(elements).ifPresent(goroutines::add));
        mistakes.refuse();
        return new ExperimentParts(List.of(), loads, slos, goroutines.stream().findFirst());
    }

    /** This one, filled up from another where it says nothing. */
    ExperimentParts or(ExperimentParts other) {
        return new ExperimentParts(
                faults.isEmpty() ? other.faults : faults,
                loads.isEmpty() ? other.loads : loads,
                slos.isEmpty() ? other.slos : slos,
                goroutines.or(() -> other.goroutines));
    }
}
