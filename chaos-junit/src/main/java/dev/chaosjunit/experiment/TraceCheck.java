// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.load.TracedRequest;
import dev.chaosjunit.observe.profile.Profiles;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.Waterfall;
import dev.chaosjunit.result.Window;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What services told of the requests of one run: collected in its windows, looked at after them. */
final class TraceCheck {
    /** A service that has spans sends them this often or more, unless its manifest says otherwise. */
    private static final Duration QUIET = Duration.ofMillis(1_500);

    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final SpanStore spans;
    private final Run run;
    private @Nullable TraceSummary summary;

    private TraceCheck(SpanStore spans, Run run) {
        this.spans = spans;
        this.run = run;
    }

    /** Begin with nothing received, if traces are collected. */
    static Optional<TraceCheck> begin(Run run) {
        run.spans().ifPresent(SpanStore::clear);
        return run.spans().map(spans -> new TraceCheck(spans, run));
    }

    /**
     * Wait for what is on its way, then hold the rules against it; after the load has ended.
     *
     * @param faults that were on
     * @param profiles of the fault window
     */
    void judge(Loads loads, FaultSchedule faults, Profiles profiles) throws InterruptedException {
        settle();
        Map<Stage, List<TracedRequest>> requests = new EnumMap<>(Stage.class);
        run.findings().windows().forEach(window -> requests.put(window.stage(), requests(window, loads)));
        TracesSeen seen = new TracesSeen(spans.snapshot(), spans.received(), requests);
        List<String> lost = new TraceVerdict(run.experiment(), run.findings(), seen).judge();
        summary = new TraceSummary(seen, FaultedCalls.of(faults, run.cluster(), seen.traces()), profiles);
        TraceResult result = summary.result(lost);
        run.findings().traces(result);
        run.findings().failedTraces(failed(result, seen));
    }

    /** Show a request that left goroutines behind as well, where there is one. */
    void leaked(List<GoroutineResult> goroutines) {
        TraceResult shown = run.findings().traces();
        if (summary != null && shown != null) {
            run.findings().traces(summary.withLeaked(shown, goroutines));
        }
    }

    /** The request that is shown as a failed one first, then the others as they were sent. */
    private static List<String> failed(TraceResult result, TracesSeen seen) {
        Stream<String> shown = result.windows().stream()
                .filter(window -> window.window() == Stage.FAULT)
                .flatMap(window -> window.picked().stream())
                .filter(picked -> picked.why().equals("failed"))
                .map(Waterfall::trace);
        Stream<String> all = seen.requests(Stage.FAULT).stream()
                .filter(request -> request.sample().failed())
                .map(TracedRequest::traceId);
        return Stream.concat(shown, all).distinct().toList();
    }

    private List<TracedRequest> requests(Window window, Loads loads) {
        long start = run.findings().start();
        return loads.traced(start + nanos(window.startMs()), start + nanos(window.endMs()));
    }

    private static long nanos(double ms) {
        return Math.round(ms * 1e6);
    }

    private void settle() throws InterruptedException {
        Clock clock = run.clock();
        long end = clock.nanoTime() + AT_MOST.toNanos();
        long changed = clock.nanoTime();
        int kept = -1;
        while (clock.nanoTime() < end && clock.nanoTime() - changed < QUIET.toNanos()) {
            int now = spans.received().kept();
            if (now != kept) {
                kept = now;
                changed = clock.nanoTime();
            }
            clock.sleep(LOOK);
        }
    }
}
