// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.TracedRequest;
import dev.chaosjunit.observe.trace.CallsPerRequest;
import dev.chaosjunit.observe.trace.ChaosCarried;
import dev.chaosjunit.observe.trace.TraceId;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An experiment's rules held against the traces of its requests. */
record TraceVerdict(Experiment experiment, Findings findings, TracesSeen seen) {

    /** Who does not pass the id on, whether or not a rule asks for that; the rules' word goes to the verdict. */
    List<String> judge() {
        if (findings.isInjected() && !experiment.traces().isEmpty()) {
            bounds();
            experiment.traces().calls().forEach(this::calls);
        }
        return findings.isInjected() ? carried() : List.of();
    }

    /** What was not received may have said otherwise. */
    private void bounds() {
        if (seen.received().droppedTotal() > 0) {
            findings.verdict()
                    .add(
                            Outcome.INCONCLUSIVE,
                            String.format(
                                    Locale.ROOT,
                                    "Not all traces were kept: %,d spans are here, and for %,d more there was no room.",
                                    seen.received().kept(),
                                    seen.received().droppedTotal()));
        }
    }

    private List<String> carried() {
        List<TracedRequest> sent = seen.requests(Stage.FAULT);
        String id = experiment.mark(Stage.FAULT).id();
        ChaosCarried carried = ChaosCarried.of(
                seen.traces(),
                answered(sent),
                id,
                findings.epochNanos(findings.injected()),
                findings.epochNanos(findings.reverted()));
        if (experiment.traces().chaosIdCarried()) {
            judge(carried, id);
        }
        return carried.sentences();
    }

    /** What never got to a service left no span there. */
    private static List<TraceId> answered(List<TracedRequest> sent) {
        return sent.stream()
                .filter(request -> !request.sample().failed())
                .map(TracesSeen::id)
                .toList();
    }

    private void judge(ChaosCarried carried, String id) {
        boolean isLost = !carried.lost().isEmpty() || !carried.strays().isEmpty();
        String sentences = String.join("; ", carried.sentences());
        if (isLost) {
            findings.verdict()
                    .add(
                            Outcome.FAILED,
                            "In the fault window, "
                                    + experiment.mark(Stage.FAULT).id() + " was lost on its way: " + sentences + ".");
        } else if (carried.silent() > 0 || carried.requests() == 0) {
            String why = carried.requests() == 0 ? "no request of that time was answered" : sentences;
            findings.verdict()
                    .add(Outcome.INCONCLUSIVE, "Whether " + id + " is carried everywhere cannot be told: " + why + ".");
        }
    }

    private void calls(CallLimit limit) {
        boolean isKnown = false;
        for (Stage window : Stage.values()) {
            for (CallsPerRequest calls : CallsPerRequest.of(seen.traces(window))) {
                if (limit.means(calls.from(), calls.to())) {
                    isKnown = true;
                    if (limit.windows().contains(window)) {
                        judge(limit, window, calls);
                    }
                }
            }
        }
        if (!isKnown) {
            findings.verdict()
                    .add(
                            Outcome.INCONCLUSIVE,
                            "@CallsPerRequest(to = \"" + limit.to() + "\"): no call of it was seen; seen were "
                                    + seenCalls() + ".");
            return;
        }
        limit.windows().stream()
                .filter(window ->
                        !seen.requests(window).isEmpty() && seen.traces(window).isEmpty())
                .forEach(window -> findings.verdict()
                        .add(
                                Outcome.INCONCLUSIVE,
                                "@CallsPerRequest(to = \"" + limit.to() + "\"): of the requests of the " + window
                                        + " window no span was received."));
    }

    private String seenCalls() {
        String all = seen.requests().keySet().stream()
                .flatMap(window -> CallsPerRequest.of(seen.traces(window)).stream())
                .map(calls -> calls.from() + " → " + calls.to())
                .distinct()
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    private void judge(CallLimit limit, Stage window, CallsPerRequest calls) {
        Outcome outcome = calls.surelyAbove(limit.max())
                ? Outcome.FAILED
                : calls.upper() <= limit.max() ? Outcome.PASSED : Outcome.INCONCLUSIVE;
        String sentence = String.format(
                Locale.ROOT,
                "In the %s window, %s called %s %.3g times a request (%.3g to %.3g with 95%% confidence, %,d requests);"
                        + " the limit is %s.",
                window,
                calls.from(),
                calls.to(),
                calls.ratio(),
                calls.lower(),
                calls.upper(),
                calls.requests(),
                limit.max());
        findings.verdict().add(outcome, sentence);
    }
}
