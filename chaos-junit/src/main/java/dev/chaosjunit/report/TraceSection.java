// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.NotKept;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import dev.chaosjunit.result.TraceResult.TracedWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the services told of requests: who called whom, where the time went, some requests span by span. */
final class TraceSection {
    private TraceSection() {}

    /**
     * Write it.
     *
     * @param links where requests are shown
     * @param profiles of the fault window, for what was done for its spans
     */
    static void write(Html html, TraceResult traces, TraceLinks links, Optional<ProfileResult> profiles) {
        html.leaf("h3", "Traces");
        html.leaf("p", received(traces)).line();
        List<TracedWindow> faultFirst = traces.windows().stream()
                .filter(window -> window.traced() > 0)
                .sorted(Comparator.comparing(window -> window.window() != Stage.FAULT))
                .toList();
        if (!faultFirst.isEmpty()) {
            graph(html, faultFirst.get(0), traces.windows());
        }
        CallsTable.write(html, traces.windows());
        SlowerTable.write(html, traces.slower());
        if (!traces.deadlines().isEmpty()) {
            html.leaf("p", traces.deadlines()).line();
        }
        faultFirst.forEach(window -> picked(html, window, links, profiles));
        lost(html, traces.lost());
    }

    /** What was received, and what of it was not kept. */
    static String received(TraceResult traces) {
        NotKept not = traces.notKept();
        String dropped = not.dropped() == 0
                ? "none was dropped"
                : Numbers.count(not.dropped()) + " dropped for want of room, so that some traces have gaps";
        String windows = traces.windows().stream()
                .map(window -> window.window() + " " + Numbers.count(window.traced()) + " of "
                        + Numbers.count(window.requests()))
                .collect(Collectors.joining(", "));
        return Numbers.count(traces.spans(), "span") + " received, " + dropped + "."
                + (windows.isEmpty() ? "" : " Requests with a trace: " + windows + ".")
                + some(not.refused(), "request", " refused, as too long or no OTLP.")
                + some(not.invalid(), "span", " without legal ids left out.")
                + some(not.cut(), "attribute", " or events shortened or left out.");
    }

    private static String some(long count, String noun, String what) {
        return count == 0 ? "" : " " + Numbers.count(count, noun) + what;
    }

    /** A call that is made in another window only is in the graph as well. */
    private static void graph(Html html, TracedWindow shown, List<TracedWindow> windows) {
        List<ServiceCalls> all = new ArrayList<>(shown.calls());
        for (TracedWindow window : windows) {
            for (ServiceCalls calls : window.calls()) {
                if (all.stream()
                        .noneMatch(known ->
                                known.from().equals(calls.from()) && known.to().equals(calls.to()))) {
                    all.add(new ServiceCalls(calls.from(), calls.to(), 0, 0, 0, 0, 0, 0, 0, false));
                }
            }
        }
        GraphChart.write(html, "Who calls whom: " + shown.window() + " window", all);
    }

    private static void picked(Html html, TracedWindow window, TraceLinks links, Optional<ProfileResult> profiles) {
        if (window.picked().isEmpty()) {
            return;
        }
        if (window.window() == Stage.FAULT) {
            html.leaf("h4", "Requests of the fault window");
            window.picked()
                    .forEach(request -> WaterfallChart.write(
                            html,
                            links.anchor(window.window(), request),
                            request,
                            profiles.map(taken -> new SpanWork(taken, request.trace()))));
            return;
        }
        html.open("details", "class", "requests").leaf("summary", "Requests of the " + window.window() + " window");
        window.picked()
                .forEach(request ->
                        WaterfallChart.write(html, links.anchor(window.window(), request), request, Optional.empty()));
        html.close().line();
    }

    private static void lost(Html html, List<String> lost) {
        if (lost.isEmpty()) {
            return;
        }
        html.leaf("h4", "The fault's id was lost").open("ul", "class", "notes");
        lost.forEach(sentence -> html.leaf("li", sentence));
        html.close().line();
    }
}
