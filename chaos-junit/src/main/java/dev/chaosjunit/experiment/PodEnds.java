// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.LastWords;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ends of pods' processes in words. Pure.
 *
 * @param injected when the faults began, on the clock of {@link System#nanoTime()}; 0 if they did not
 * @param reverted when they ended; 0 if they did not
 */
record PodEnds(List<PodEnd> ends, long injected, long reverted) {

    /** A reason for each pod: how its process ended first, with what it printed last, and that it ended again. */
    List<String> reasons() {
        return byPod().stream().map(this::reason).toList();
    }

    /** The same in a line each. */
    List<String> notes() {
        return byPod().stream()
                .map(ends -> head(ends.get(0)) + "." + printed(ends.get(0)) + again(ends, " "))
                .toList();
    }

    /** Whether one says nothing of the service: it came before anything was done to it, or may be our own doing. */
    boolean isAnyNoFault() {
        return injected == 0 ? !ends.isEmpty() : ends.stream().anyMatch(end -> end.orphaned() || isEarly(end));
    }

    private List<List<PodEnd>> byPod() {
        Map<String, List<PodEnd>> byPod =
                ends.stream().collect(Collectors.groupingBy(PodEnd::uid, LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(byPod.values());
    }

    private String reason(List<PodEnd> ends) {
        PodEnd first = ends.get(0);
        String printed = first.printed().isEmpty()
                ? ". It had printed nothing."
                : ". It printed last:\n  " + String.join("\n  ", first.printed());
        return head(first) + printed + again(ends, "\n  ");
    }

    private String head(PodEnd end) {
        return "Pod " + end.pod() + " ended " + when(end) + ", and nobody had asked it to: " + end.how();
    }

    private static String printed(PodEnd end) {
        return LastWords.mostTelling(end.printed())
                .map(line -> " It printed \"" + line + "\".")
                .orElse("");
    }

    private String again(List<PodEnd> ends, String before) {
        List<String> more = new ArrayList<>();
        ends.stream().skip(1).forEach(end -> more.add(when(end) + " (" + end.how() + ")"));
        return more.isEmpty() ? "" : before + "It ended again " + String.join(", ", more) + ".";
    }

    private boolean isEarly(PodEnd end) {
        return end.atNanos() + end.within().toNanos() < injected;
    }

    private String when(PodEnd end) {
        if (injected == 0) {
            return "before anything was injected, so nothing was";
        }
        String about = end.within().isZero() ? "" : "about ";
        if (isEarly(end)) {
            return about + span(injected - end.atNanos()) + " before the fault";
        }
        return reverted == 0 || end.atNanos() <= reverted
                ? about + span(end.atNanos() - injected) + " into the fault"
                : about + span(end.atNanos() - reverted) + " after the fault";
    }

    private static String span(long nanos) {
        return Durations.tenths(Duration.ofNanos(nanos));
    }
}
