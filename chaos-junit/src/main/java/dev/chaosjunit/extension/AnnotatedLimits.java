// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.AbortWhen;
import dev.chaosjunit.Slo;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.RelativeLimit;
import dev.chaosjunit.slo.RelativeObjective;
import dev.chaosjunit.slo.SloSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code @Slo} and {@code @AbortWhen}: what the load must see, and what it must not. */
final class AnnotatedLimits {
    private AnnotatedLimits() {}

    /** Per phase, the SLOs of the nearest place that has any of that phase. */
    static List<SloSpec> slos(AnnotatedPlaces places) {
        List<SloSpec> slos = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            places.chain().stream()
                    .map(element -> new AnnotatedPlaces(List.of(element))
                            .all(Slo.class, AnnotatedLimits::slo).stream()
                                    .filter(slo -> slo.phase() == phase)
                                    .toList())
                    .filter(found -> !found.isEmpty())
                    .findFirst()
                    .ifPresent(slos::addAll);
        }
        return slos;
    }

    static List<Objective> abortWhen(AnnotatedPlaces places) {
        return places.nearest(AbortWhen.class, (annotation, source) -> absolute(source)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static SloSpec slo(Slo annotation, AnnotationSource source) {
        List<Objective> objectives = objectives(source);
        Duration extend = source.read("extend", annotation.extend(), Durations::parse);
        return source.build(() -> new SloSpec(annotation.phase(), objectives, annotation.earlyPass(), extend));
    }

    private static List<Objective> absolute(AnnotationSource source) {
        List<Objective> objectives = objectives(source);
        return source.build(() -> {
            objectives.stream()
                    .filter(RelativeObjective.class::isInstance)
                    .findFirst()
                    .ifPresent(relative -> {
                        throw new IllegalArgumentException(relative.name() + " = \"" + relative.asLimit()
                                + "\": a limit that ends the fault must be absolute, such as \"500ms\" or \"50%\"");
                    });
            return objectives;
        });
    }

    /** One at least. */
    private static List<Objective> objectives(AnnotationSource source) {
        List<Objective> objectives = new ArrayList<>();
        latency(source, "p50", 0.50, QuantileObjective::p50).ifPresent(objectives::add);
        latency(source, "p90", 0.90, QuantileObjective::p90).ifPresent(objectives::add);
        latency(source, "p95", 0.95, QuantileObjective::p95).ifPresent(objectives::add);
        latency(source, "p99", 0.99, QuantileObjective::p99).ifPresent(objectives::add);
        latency(source, "max", 1, QuantileObjective::max).ifPresent(objectives::add);
        errorRate(source).ifPresent(objectives::add);
        return source.build(() -> {
            if (objectives.isEmpty()) {
                throw new IllegalArgumentException("no objective is given: set p50, p90, p95, p99, max or errorRate");
            }
            return objectives;
        });
    }

    private static Optional<Objective> latency(
            AnnotationSource source, String name, double quantile, Function<Duration, QuantileObjective> absolute) {
        return limit(
                source,
                name,
                text -> new RelativeObjective(name, quantile, RelativeLimit.ofLatency(text)),
                text -> absolute.apply(Durations.parse(text)));
    }

    private static Optional<Objective> errorRate(AnnotationSource source) {
        return limit(
                source,
                "errorRate",
                text -> RelativeObjective.errorRate(RelativeLimit.ofErrorRate(text)),
                text -> new ErrorRateObjective(Percent.parse(text)));
    }

    private static Optional<Objective> limit(
            AnnotationSource source,
            String name,
            Function<String, Objective> relative,
            Function<String, Objective> absolute) {
        return source.text(name).isEmpty()
                ? Optional.empty()
                : Optional.of(source.read(
                        name, text -> RelativeLimit.isMeant(text) ? relative.apply(text) : absolute.apply(text)));
    }
}
