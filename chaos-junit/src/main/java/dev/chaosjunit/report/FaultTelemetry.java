// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import com.google.protobuf.MessageLite;
import dev.chaosjunit.observe.trace.OtlpExport;
import dev.chaosjunit.observe.trace.OtlpSignal;
import dev.chaosjunit.result.ExperimentResult;
import java.util.List;

/** A result as telemetry: spans, log records and metrics of one experiment, in OTLP. The same result gives the same bytes. */
public final class FaultTelemetry {
    private FaultTelemetry() {}

    /** What to send, once, when the experiment is over; a signal of which there is nothing is left out. */
    public static List<OtlpExport> of(ExperimentResult result) {
        TelemetryNames names = new TelemetryNames(result);
        OtlpExport spans = export(OtlpSignal.TRACES, FaultSpans.of(names));
        if (result.periods().isEmpty()) {
            return List.of(spans);
        }
        return List.of(
                spans,
                export(OtlpSignal.LOGS, FaultEvents.of(names)),
                export(OtlpSignal.METRICS, FaultMetrics.of(names)));
    }

    private static OtlpExport export(OtlpSignal signal, MessageLite request) {
        return new OtlpExport(signal, request.toByteString(), false);
    }
}
