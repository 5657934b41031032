// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.observe.profile.ProfileKind;
import dev.chaosjunit.quantity.Rate;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.SloSpec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** 4 s of baseline, 5 s of fault, 4 s of recovery at 100/s, and what a test wants otherwise. */
final class SampleExperiment {
    static final WindowLengths LENGTHS =
            new WindowLengths(Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofSeconds(3));

    private double rate = 100;
    private Duration lasting = Duration.ofSeconds(5);
    private Optional<Fault> fault = Optional.empty();
    private Optional<GoroutineRecovery> goroutines = Optional.empty();
    private final List<Objective> abortWhen = new ArrayList<>();
    private TraceRules traces = TraceRules.NONE;
    private Optional<WantedProfiles> profiles = Optional.empty();
    private final List<SloSpec> slos =
            new ArrayList<>(List.of(new SloSpec(Phase.STEADY, List.of(QuantileObjective.p99(Duration.ofMillis(200))))));

    /** 0 for no load. */
    SampleExperiment rate(double perSecond) {
        rate = perSecond;
        return this;
    }

    /** Of the fault. */
    SampleExperiment lasting(Duration length) {
        lasting = length;
        return this;
    }

    /** Another fault than a delay. */
    SampleExperiment of(Fault other) {
        fault = Optional.of(other);
        return this;
    }

    SampleExperiment whileFaulted(Objective objective) {
        slos.add(new SloSpec(Phase.FAULT, List.of(objective)));
        return this;
    }

    SampleExperiment whileFaulted(SloSpec slo) {
        slos.add(slo);
        return this;
    }

    SampleExperiment abortWhen(Objective objective) {
        abortWhen.add(objective);
        return this;
    }

    SampleExperiment goroutines() {
        goroutines = Optional.of(new GoroutineRecovery(Duration.ofSeconds(20), "pprof"));
        return this;
    }

    /** What must hold of traces. */
    SampleExperiment traces(TraceRules rules) {
        traces = rules;
        return this;
    }

    SampleExperiment profiles(ProfileKind... kinds) {
        profiles = Optional.of(new WantedProfiles(List.of(kinds), "pprof"));
        return this;
    }

    Experiment build() {
        List<LoadSpec> loads = rate == 0
                ? List.of()
                : List.of(new LoadSpec(
                        URI.create("http://p/"), new Rate(rate), "GET", Map.of(), "", Duration.ofSeconds(2)));
        return new Experiment(
                "t",
                "t",
                List.of(fault.orElseGet(() -> SampleInjections.delay(lasting).fault())),
                loads,
                loads.isEmpty() ? List.of() : slos,
                goroutines,
                LENGTHS,
                1,
                false,
                Optional.empty(),
                traces,
                abortWhen,
                profiles);
    }
}
