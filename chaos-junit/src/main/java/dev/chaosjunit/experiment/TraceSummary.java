// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.TracedRequest;
import dev.chaosjunit.observe.profile.Profiles;
import dev.chaosjunit.observe.trace.CallsPerRequest;
import dev.chaosjunit.observe.trace.Picks;
import dev.chaosjunit.observe.trace.Received;
import dev.chaosjunit.observe.trace.SelfTimes;
import dev.chaosjunit.observe.trace.ServiceGraph;
import dev.chaosjunit.observe.trace.Trace;
import dev.chaosjunit.observe.trace.TraceId;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Origin;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.NotKept;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import dev.chaosjunit.result.TraceResult.Slower;
import dev.chaosjunit.result.TraceResult.TracedWindow;
import dev.chaosjunit.result.TraceResult.Waterfall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was seen in traces, for the report. */
record TraceSummary(TracesSeen seen, FaultedCalls faulted, Profiles profiles) {
    private static final int SHOWN_PARTS = 8;
    private static final double LEAST_MS = 1; // less is noise of clocks and schedulers

    TraceResult result(List<String> lost) {
        List<TracedWindow> windows = Stream.of(Stage.BASELINE, Stage.FAULT, Stage.RECOVERY)
                .filter(window -> !seen.requests(window).isEmpty())
                .map(this::window)
                .toList();
        return new TraceResult(seen.received().kept(), notKept(), windows, slower(), deadlines(), lost);
    }

    private NotKept notKept() {
        Received received = seen.received();
        return new NotKept(received.droppedTotal(), received.invalid(), received.malformed(), received.cut());
    }

    private TracedWindow window(Stage window) {
        List<TracedRequest> requests = seen.requests(window);
        List<Trace> traces = seen.traces(window);
        return new TracedWindow(
                window, requests.size(), traces.size(), calls(traces, window), picked(requests, window));
    }

    private List<ServiceCalls> calls(List<Trace> traces, Stage window) {
        List<CallsPerRequest> perRequest = CallsPerRequest.of(traces);
        List<ServiceCalls> all = new ArrayList<>();
        for (ServiceGraph.Edge edge : ServiceGraph.of(traces).edges()) {
            CallsPerRequest ratio = perRequest.stream()
                    .filter(calls ->
                            calls.from().equals(edge.from()) && calls.to().equals(edge.to()))
                    .findFirst()
                    .orElseThrow();
            all.add(new ServiceCalls(
                    edge.from(),
                    edge.to(),
                    edge.calls(),
                    edge.failed(),
                    edge.p50() / 1e6,
                    edge.p99() / 1e6,
                    ratio.ratio(),
                    ratio.lower(),
                    ratio.upper(),
                    window == Stage.FAULT && faulted.isOn(edge.from(), edge.to())));
        }
        return all;
    }

    private List<Waterfall> picked(List<TracedRequest> requests, Stage window) {
        Picks picks = Picks.of(
                requests.stream().map(TraceSummary::request).toList(),
                id -> seen.traces().trace(id).isPresent());
        List<Waterfall> picked = Stream.of(
                        waterfall("slowest", picks.slowest()),
                        waterfall("failed", picks.failed()),
                        waterfall("typical", picks.typical()))
                .flatMap(Optional::stream)
                .toList();
        return window == Stage.FAULT
                ? Stream.concat(picked.stream(), profiled(requests, picked).stream())
                        .toList()
                : picked;
    }

    /** The request that profiles saw most of, unless it is picked anyway: they see few. */
    private Optional<Waterfall> profiled(List<TracedRequest> requests, List<Waterfall> picked) {
        Optional<TracedRequest> most = requests.stream()
                .filter(request -> profiles.samples(request.traceId()) > 0)
                .filter(request -> seen.traces().trace(TracesSeen.id(request)).isPresent())
                .max(Comparator.comparingLong(request -> profiles.samples(request.traceId())))
                .filter(request ->
                        picked.stream().noneMatch(known -> known.trace().equals(request.traceId())));
        return waterfall("profiled", most.map(TraceSummary::request));
    }

    /** The same with a request of the fault window that left goroutines behind, unless it is there anyway. */
    TraceResult withLeaked(TraceResult shown, List<GoroutineResult> goroutines) {
        Set<String> origins = goroutines.stream()
                .flatMap(pod -> pod.groups().stream())
                .flatMap(group -> group.origins().stream())
                .map(Origin::trace)
                .collect(Collectors.toSet());
        Optional<Waterfall> leaked = waterfall(
                "leaking",
                seen.requests(Stage.FAULT).stream()
                        .filter(request -> origins.contains(request.traceId()))
                        .filter(request ->
                                seen.traces().trace(TracesSeen.id(request)).isPresent())
                        .findFirst()
                        .map(TraceSummary::request));
        return leaked.map(request -> new TraceResult(
                        shown.spans(),
                        shown.notKept(),
                        shown.windows().stream()
                                .map(window -> with(window, request))
                                .toList(),
                        shown.slower(),
                        shown.deadlines(),
                        shown.lost()))
                .orElse(shown);
    }

    private static TracedWindow with(TracedWindow window, Waterfall request) {
        boolean isKnown =
                window.picked().stream().anyMatch(known -> known.trace().equals(request.trace()));
        return window.window() != Stage.FAULT || isKnown
                ? window
                : new TracedWindow(
                        window.window(),
                        window.requests(),
                        window.traced(),
                        window.calls(),
                        Stream.concat(window.picked().stream(), Stream.of(request))
                                .toList());
    }

    private static Picks.Request request(TracedRequest request) {
        TraceId id = TracesSeen.id(request);
        return new Picks.Request(
                id, request.sample().latencyNanos(), request.sample().failed());
    }

    private Optional<Waterfall> waterfall(String why, Optional<Picks.Request> pick) {
        return pick.flatMap(request -> seen.traces().trace(request.trace()))
                .map(trace -> new Waterfall(
                        why, trace.id().toString(), pick.orElseThrow().latency() / 1e6, SpanBars.of(trace)));
    }

    /** Those of the fault, as it is what deadlines are for. */
    private String deadlines() {
        List<Trace> under = seen.traces(Stage.FAULT);
        return DeadlineWords.of(under.isEmpty() ? seen.traces(Stage.BASELINE) : under);
    }

    /** Where the time went that requests took longer. */
    private List<Slower> slower() {
        List<Trace> before = seen.traces(Stage.BASELINE);
        List<Trace> under = seen.traces(Stage.FAULT);
        if (before.isEmpty() || under.isEmpty()) {
            return List.of();
        }
        return SelfTimes.of(under).since(SelfTimes.of(before)).stream()
                .filter(change -> change.added() >= LEAST_MS * 1e6)
                .limit(SHOWN_PARTS)
                .map(change -> new Slower(change.part().toString(), change.before() / 1e6, change.after() / 1e6))
                .toList();
    }
}
