// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.TracedRequest;
import dev.chaosjunit.observe.trace.Received;
import dev.chaosjunit.observe.trace.Trace;
import dev.chaosjunit.observe.trace.TraceId;
import dev.chaosjunit.observe.trace.Traces;
import dev.chaosjunit.result.Stage;
import java.util.List;
import java.util.Map;

/** What was received, joined with what was sent. */
record TracesSeen(Traces traces, Received received, Map<Stage, List<TracedRequest>> requests) {

    List<TracedRequest> requests(Stage window) {
        return requests.getOrDefault(window, List.of());
    }

    /** Of the requests of a window that were received. */
    List<Trace> traces(Stage window) {
        return traces.of(requests(window).stream().map(TracesSeen::id).toList());
    }

    static TraceId id(TracedRequest request) {
        return TraceId.parse(request.traceId()).orElseThrow();
    }
}
