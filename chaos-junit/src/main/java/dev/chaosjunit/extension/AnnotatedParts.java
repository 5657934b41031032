// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.CallsPerRequest;
import dev.chaosjunit.ChaosIdCarried;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Profiles;
import dev.chaosjunit.experiment.CallLimit;
import dev.chaosjunit.experiment.GoroutineRecovery;
import dev.chaosjunit.experiment.TraceRules;
import dev.chaosjunit.experiment.WantedProfiles;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Durations;
import java.util.List;
import java.util.Optional;

/** {@code @Load}, {@code @GoroutineBaseline} and rules on traces: what is measured, and what must hold. */
final class AnnotatedParts {
    private AnnotatedParts() {}

    static List<LoadSpec> loads(AnnotatedPlaces places) {
        return places.nearest(Load.class, AnnotatedLoad::read);
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

    static Optional<WantedProfiles> profiles(AnnotatedPlaces places) {
        return places.one(
                Profiles.class,
                (annotation, source) ->
                        source.build(() -> new WantedProfiles(List.of(annotation.value()), annotation.port())));
    }
}
