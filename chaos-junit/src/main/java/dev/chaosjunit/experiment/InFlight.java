// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.inject.Cut;
import dev.chaosjunit.load.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Requests that were in flight when a fault closed connections: they say nothing about the fault. Pure. */
final class InFlight {
    private final List<Cut> cuts;

    InFlight(List<Cut> cuts) {
        this.cuts = List.copyOf(cuts);
    }

    boolean isCounted(Sample request) {
        return cuts.stream().noneMatch(cut -> met(cut, request));
    }

    /** That it failed, if so, is the doing of who closed the connection. */
    private static boolean met(Cut cut, Sample request) {
        return request.sent() && request.plannedNanos() < cut.toNanos() && request.endedNanos() > cut.fromNanos();
    }

    /**
     * What was closed, and which requests are left out for that; empty where nothing was closed.
     *
     * @param requests looks among all so far, and has what is wanted by the load's URL
     */
    Optional<String> describe(Function<Predicate<Sample>, Map<String, List<Sample>>> requests) {
        if (cuts.isEmpty()) {
            return Optional.empty();
        }
        List<String> met = new ArrayList<>();
        requests.apply(request -> !isCounted(request))
                .forEach((url, leftOut) -> describe(url, leftOut).ifPresent(met::add));
        String closed = cuts.stream()
                .map(cut -> cut.connections() + " of pod " + cut.pod())
                .collect(Collectors.joining(", "));
        return Optional.of("Connections closed as the fault began: " + closed
                + ". Requests in flight at that moment, left" + " out of the limits of the FAULT phase: "
                + (met.isEmpty() ? "none" : String.join("; ", met)) + ".");
    }

    private static Optional<String> describe(String url, List<Sample> met) {
        if (met.isEmpty()) {
            return Optional.empty();
        }
        String failed = met.stream()
                .map(Sample::error)
                .filter(error -> error != null)
                .collect(Collectors.groupingBy(error -> error, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getValue() + " failed: " + kind.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(met.size() + " of " + url + (failed.isEmpty() ? "" : " (" + failed + ")"));
    }
}
