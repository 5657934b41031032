// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static dev.chaosjunit.report.TelemetryNames.ID;
import static dev.chaosjunit.report.TelemetryNames.TYPE;
import static dev.chaosjunit.report.TelemetryNames.number;
import static dev.chaosjunit.report.TelemetryNames.text;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/** An experiment as a trace: a span of its own, and one below it for each window. */
record FaultSpans(TelemetryNames names) {
    private static final String WHOLE = "chaos.experiment";
    private static final String WINDOW = "chaos.window";

    static ExportTraceServiceRequest of(TelemetryNames names) {
        FaultSpans spans = new FaultSpans(names);
        ScopeSpans.Builder scope =
                ScopeSpans.newBuilder().setScope(TelemetryNames.scope()).addSpans(spans.whole());
        names.result().windows().forEach(window -> scope.addSpans(spans.window(window)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(names.resource()).addScopeSpans(scope))
                .build();
    }

    /** To the end of the last window: later looks for goroutines have no time in a result. */
    private Span whole() {
        ExperimentResult result = names.result();
        double end = result.windows().stream().mapToDouble(Window::endMs).max().orElse(0);
        Span.Builder span = span(WHOLE, WHOLE, 0, end)
                .addAttributes(text(ID, result.id()))
                .addAttributes(text("chaos.outcome", Outcomes.word(result.outcome())))
                .addAttributes(number("chaos.seed", result.seed()))
                .addAttributes(text("chaos.cluster", result.cluster()));
        if (result.outcome() != Outcome.PASSED) {
            span.setStatus(Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage(result.summary()));
        }
        return span.build();
    }

    private Span window(Window window) {
        Span.Builder span = span(WINDOW, TelemetryNames.part(window.stage()), window.startMs(), window.endMs())
                .setParentSpanId(names.span(WHOLE))
                .addAttributes(text("chaos.window.name", window.stage().toString()));
        if (window.stage() == Stage.FAULT) {
            span.addAttributes(text(ID, names.faultId())).addAttributes(text(TYPE, names.faultType()));
            new FaultEvents(names).records().forEach(record -> span.addEvents(event(record)));
        }
        return span.build();
    }

    private static Span.Event event(LogRecord record) {
        return Span.Event.newBuilder()
                .setName(record.getEventName())
                .setTimeUnixNano(record.getTimeUnixNano())
                .addAllAttributes(record.getAttributesList())
                .build();
    }

    private Span.Builder span(String name, String part, double startMs, double endMs) {
        return Span.newBuilder()
                .setTraceId(names.trace())
                .setSpanId(names.span(part))
                .setName(name)
                .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .setStartTimeUnixNano(names.nanos(startMs))
                .setEndTimeUnixNano(names.nanos(endMs));
    }
}
