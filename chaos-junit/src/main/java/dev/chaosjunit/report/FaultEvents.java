// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static dev.chaosjunit.report.TelemetryNames.ID;
import static dev.chaosjunit.report.TelemetryNames.TYPE;
import static dev.chaosjunit.report.TelemetryNames.number;
import static dev.chaosjunit.report.TelemetryNames.text;
import static dev.chaosjunit.report.TelemetryNames.texts;

import dev.chaosjunit.result.FaultPeriod;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Stage;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.List;
import java.util.stream.Stream;

/** When each fault began and ended, as log records; for backends that take no logs also as events of a span. */
record FaultEvents(TelemetryNames names) {
    static ExportLogsServiceRequest of(TelemetryNames names) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder()
                .setScope(TelemetryNames.scope())
                .addAllLogRecords(new FaultEvents(names).records());
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder().setResource(names.resource()).addScopeLogs(scope))
                .build();
    }

    List<LogRecord> records() {
        return names.result().periods().stream()
                .flatMap(period -> Stream.of(on(period), off(period)))
                .toList();
    }

    private LogRecord on(FaultPeriod period) {
        return event("chaos.fault.on", period, period.onMs()).build();
    }

    /** Hits are left out where nobody counted any: a zero would claim that. */
    private LogRecord off(FaultPeriod period) {
        LogRecord.Builder event = event("chaos.fault.off", period, period.offMs());
        List<FaultResult.Counters> counted = names.pods(period).stream()
                .map(FaultResult::counters)
                .flatMap(Stream::ofNullable)
                .toList();
        if (!counted.isEmpty()) {
            long hits = counted.stream().mapToLong(FaultResult.Counters::hit).sum();
            event.addAttributes(number("chaos.hits", hits));
        }
        return event.build();
    }

    private LogRecord.Builder event(String name, FaultPeriod period, double ms) {
        List<FaultResult> pods = names.pods(period);
        return LogRecord.newBuilder()
                .setTimeUnixNano(names.nanos(ms))
                .setObservedTimeUnixNano(names.nanos(ms))
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                .setSeverityText("INFO")
                .setEventName(name)
                .setBody(AnyValue.newBuilder().setStringValue(name + ": " + period.fault()))
                .setTraceId(names.trace())
                .setSpanId(names.span(TelemetryNames.part(Stage.FAULT)))
                .addAttributes(text(ID, names.faultId()))
                .addAttributes(text(TYPE, period.kind()))
                .addAttributes(texts("chaos.pods", distinct(pods.stream().map(FaultResult::instance))))
                .addAttributes(texts("chaos.mechanism", distinct(pods.stream().map(FaultResult::mechanism))));
    }

    private static List<String> distinct(Stream<String> texts) {
        return texts.distinct().toList();
    }
}
