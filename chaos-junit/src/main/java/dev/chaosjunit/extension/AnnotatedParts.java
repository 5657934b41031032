// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.experiment.GoroutineRecovery;
import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Rate;
import dev.chaosjunit.slo.ErrorRateObjective;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.QuantileObjective;
import dev.chaosjunit.slo.SloSpec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code @Load}, {@code @Slo} and {@code @GoroutineBaseline}: what is measured, and what must hold. */
final class AnnotatedParts {
    private AnnotatedParts() {}

    static List<LoadSpec> loads(AnnotatedPlaces elements) {
        return elements.nearest(Load.class, AnnotatedParts::load);
    }

    /** Per phase, the SLOs of the nearest place that has any of that phase. */
    static List<SloSpec> slos(AnnotatedPlaces elements) {
        List<SloSpec> slos = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            elements.chain().stream()
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

    static Optional<GoroutineRecovery> goroutines(AnnotatedPlaces elements) {
        return elements.one(GoroutineBaseline.class, (annotation, reader) -> {
            var within = reader.read("within", annotation.within(), Durations::parse);
            return reader.build(() -> new GoroutineRecovery(within, annotation.port()));
        });
    }

    private static LoadSpec load(Load annotation, AnnotationSource reader) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : annotation.headers()) {
            String[] parts = reader.read("headers", header, AnnotatedParts::header);
            headers.put(parts[0], parts[1]);
        }
        URI url = reader.read("url", annotation.url(), AnnotatedParts::httpUrl);
        Rate rate = reader.read("rate", annotation.rate(), Rate::parse);
        Duration timeout = reader.read("timeout", annotation.timeout(), Durations::parse);
        List<Expected.Statuses> statuses = reader.read("expectStatus", annotation.expectStatus(), Expected::parse);
        Expected expected = new Expected(statuses, annotation.expectBody());
        return reader.build(
                () -> new LoadSpec(url, rate, annotation.method(), headers, annotation.body(), timeout, expected));
    }

    private static String[] header(String text) {
        String[] parts = text.split(":\\s*", 2);
        if (parts.length < 2 || parts[0].isBlank()) {
            throw new IllegalArgumentException("\"" + text + "\" is no header: expected \"Name: value\"");
        }
        return parts;
    }

    private static URI httpUrl(String text) {
        URI url = URI.create(text);
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no URL to send to: expected http://SERVICE[:PORT]/PATH");
        }
        return url;
    }

    private static SloSpec slo(Slo annotation, AnnotationSource reader) {
        List<Objective> objectives = new ArrayList<>();
        quantile("p50", annotation.p50(), reader, QuantileObjective::p50).ifPresent(objectives::add);
        quantile("p90", annotation.p90(), reader, QuantileObjective::p90).ifPresent(objectives::add);
        quantile("p95", annotation.p95(), reader, QuantileObjective::p95).ifPresent(objectives::add);
        quantile("p99", annotation.p99(), reader, QuantileObjective::p99).ifPresent(objectives::add);
        quantile("max", annotation.max(), reader, QuantileObjective::max).ifPresent(objectives::add);
        if (!annotation.errorRate().isEmpty()) {
            Percent limit = reader.read("errorRate", annotation.errorRate(), Percent::parse);
            objectives.add(new ErrorRateObjective(limit));
        }
        return reader.build(() -> {
            if (objectives.isEmpty()) {
                throw new IllegalArgumentException("no objective is given: set p50, p90, p95, p99, max or errorRate");
            }
            return new SloSpec(annotation.phase(), objectives);
        });
    }

    private static Optional<Objective> quantile(
            String element, String limit, AnnotationSource reader, Function<Duration, QuantileObjective> objective) {
        return limit.isEmpty()
                ? Optional.empty()
                : Optional.of(objective.apply(reader.read(element, limit, Durations::parse)));
    }
}
