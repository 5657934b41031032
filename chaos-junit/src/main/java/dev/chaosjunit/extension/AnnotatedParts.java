// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.CallsPerRequest;
import dev.chaosjunit.ChaosIdCarried;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.experiment.CallLimit;
import dev.chaosjunit.experiment.GoroutineRecovery;
import dev.chaosjunit.experiment.TraceRules;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code @Load}, {@code @Slo} and {@code @GoroutineBaseline}: what is measured, and what must hold. */
final class AnnotatedParts {
    private AnnotatedParts() {}

    static List<LoadSpec> loads(AnnotatedPlaces places) {
        return places.nearest(Load.class, AnnotatedLoad::read);
    }

    /** Per phase, the SLOs of the nearest place that has any of that phase. */
    static List<SloSpec> slos(AnnotatedPlaces places) {
        List<SloSpec> slos = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            places.chain().stream()
                    .map(element -> new AnnotatedPlaces(List.of(element))
                            .all(Slo.class, AnnotatedParts::slo).stream()
                                    .filter(slo -> slo.phase() == phase)
                                    .toList())
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .ifPresent(slos::addAll);
        }
        return slos;
    }

    static Optional<GoroutineRecovery> goroutines(AnnotatedPlaces places) {
        return places.one(GoroutineBaseline.class, (annotation, source) -> {
            var within = source.read("within", annotation.within(), Durations::parse);
            return source.build(() -> new GoroutineRecovery(within, annotation.port()));
        });
    }

    static TraceRules traces(AnnotatedPlaces places) {
        List<CallLimit> calls = places.nearest(
                CallsPerRequest.class,
                (limit, source) ->
                        source.build(() -> new CallLimit(limit.to(), limit.from(), limit.max(), limit.phase())));
        boolean carried =
                places.one(ChaosIdCarried.class, (annotation, source) -> true).orElse(false);
        return new TraceRules(carried, calls);
    }

    private static SloSpec slo(Slo annotation, AnnotationSource source) {
        List<Objective> objectives = new ArrayList<>();
        quantile("p50", annotation.p50(), source, QuantileObjective::p50).ifPresent(objectives::add);
        quantile("p90", annotation.p90(), source, QuantileObjective::p90).ifPresent(objectives::add);
        quantile("p95", annotation.p95(), source, QuantileObjective::p95).ifPresent(objectives::add);
        quantile("p99", annotation.p99(), source, QuantileObjective::p99).ifPresent(objectives::add);
        quantile("max", annotation.max(), source, QuantileObjective::max).ifPresent(objectives::add);
        if (!annotation.errorRate().isEmpty()) {
            Percent limit = source.read("errorRate", annotation.errorRate(), Percent::parse);
            objectives.add(new ErrorRateObjective(limit));
        }
        return source.build(() -> {
            if (objectives.isEmpty()) {
                throw new IllegalArgumentException("no objective is given: set p50, p90, p95, p99, max or errorRate");
            }
            return new SloSpec(annotation.phase(), objectives);
        });
    }

    private static Optional<Objective> quantile(
            String element, String limit, AnnotationSource source, Function<Duration, QuantileObjective> objective) {
        return limit.isEmpty()
                ? Optional.empty()
                : Optional.of(objective.apply(source.read(element, limit, Durations::parse)));
    }
}
