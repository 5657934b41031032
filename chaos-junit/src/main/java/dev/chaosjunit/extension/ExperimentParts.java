// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.experiment.GoroutineRecovery;
import dev.chaosjunit.experiment.TraceRules;
import dev.chaosjunit.experiment.WantedProfiles;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.slo.Objective;
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
 * @param tokens what is done to tokens
 * @param traces what must hold of traces
 * @param abortWhen what ends a fault
 * @param profiles which are taken of the fault window
 */
record ExperimentParts(
        List<Fault> faults,
        List<LoadSpec> loads,
        List<SloSpec> slos,
        Optional<GoroutineRecovery> goroutines,
        Optional<AnnotatedTokens> tokens,
        TraceRules traces,
        List<Objective> abortWhen,
        Optional<WantedProfiles> profiles) {
    static final ExperimentParts NONE = new ExperimentParts(
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            TraceRules.NONE,
            List.of(),
            Optional.empty());

    static ExperimentParts read(AnnotatedPlaces places, Class<?> testClass) {
        Mistakes mistakes = new Mistakes();
        Optional<List<LoadSpec>> loads = mistakes.read(() -> AnnotatedParts.loads(places));
        Optional<List<SloSpec>> slos = mistakes.read(() -> AnnotatedLimits.slos(places));
        Optional<Optional<GoroutineRecovery>> goroutines = mistakes.read(() -> AnnotatedParts.goroutines(places));
        Optional<Optional<AnnotatedTokens>> tokens = mistakes.read(() -> AnnotatedTokens.read(places, testClass));
        Optional<TraceRules> traces = mistakes.read(() -> AnnotatedParts.traces(places));
        Optional<List<Objective>> abortWhen = mistakes.read(() -> AnnotatedLimits.abortWhen(places));
        Optional<Optional<WantedProfiles>> profiles = mistakes.read(() -> AnnotatedParts.profiles(places));
        mistakes.refuse();
        return new ExperimentParts(
                List.of(),
                loads.orElseThrow(),
                slos.orElseThrow(),
                goroutines.orElseThrow(),
                tokens.orElseThrow(),
                traces.orElseThrow(),
                abortWhen.orElseThrow(),
                profiles.orElseThrow());
    }

    /** This one, filled up from another where it says nothing. */
    ExperimentParts or(ExperimentParts other) {
        return new ExperimentParts(
                faults.isEmpty() ? other.faults : faults,
                loads.isEmpty() ? other.loads : loads,
                slos.isEmpty() ? other.slos : slos,
                goroutines.or(() -> other.goroutines),
                tokens.or(() -> other.tokens),
                traces.equals(TraceRules.NONE) ? other.traces : traces,
                abortWhen.isEmpty() ? other.abortWhen : abortWhen,
                profiles.or(() -> other.profiles));
    }

    /** The loads, with the test's token where they have none of their own. */
    List<LoadSpec> loadsWithTokens() {
        return loads.stream()
                .map(load -> tokens.map(wanted -> wanted.carriedBy(load)).orElse(load))
                .toList();
    }
}
