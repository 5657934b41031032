// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.experiment.GoroutineRecovery;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.slo.SloSpec;
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
record Hypothesis(
        List<Fault> faults, List<LoadSpec> loads, List<SloSpec> slos, Optional<GoroutineRecovery> goroutines) {
    static final Hypothesis NONE = new Hypothesis(List.of(), List.of(), List.of(), Optional.empty());

    static Hypothesis read(AnnotatedPlaces elements) {
        return new Hypothesis(
                List.of(),
                HypothesisAnnotations.loads(elements),
                HypothesisAnnotations.slos(elements),
                HypothesisAnnotations.goroutines(elements));
    }

    /** This one, filled up from another where it says nothing. */
    Hypothesis or(Hypothesis other) {
        return new Hypothesis(
                faults.isEmpty() ? other.faults : faults,
                loads.isEmpty() ? other.loads : loads,
                slos.isEmpty() ? other.slos : slos,
                goroutines.or(() -> other.goroutines));
    }
}
