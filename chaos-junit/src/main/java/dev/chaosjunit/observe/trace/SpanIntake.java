// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.Optional;

/** A request's spans into a store, however it came, and the answer to it. */
final class SpanIntake {
    private final SpanStore store;
    private final SpanReader reader;

    SpanIntake(SpanStore store) {
        this.store = store;
        reader = new SpanReader(store.cut);
    }

    /** As OTLP asks: spans that are not taken are said, and nothing is to be sent again. */
    ExportTraceServiceResponse take(ExportTraceServiceRequest request) {
        long full = 0;
        long invalid = 0;
        for (ResourceSpans spans : request.getResourceSpansList()) {
            SpanReader.Origin origin = reader.origin(spans.getResource());
            for (ScopeSpans scope : spans.getScopeSpansList()) {
                if (store.isFull()) {
                    store.drop(origin.service(), scope.getSpansCount());
                    full += scope.getSpansCount();
                    continue;
                }
                for (var told : scope.getSpansList()) {
                    Optional<Span> span = reader.read(origin, told);
                    if (span.isEmpty()) {
                        invalid++;
                    } else if (!store.add(span.get())) {
                        full++;
                    }
                }
            }
        }
        store.invalid.addAndGet(invalid);
        return answer(full, invalid);
    }

    private static ExportTraceServiceResponse answer(long full, long invalid) {
        if (full + invalid == 0) {
            return ExportTraceServiceResponse.getDefaultInstance();
        }
        String why = full == 0
                ? invalid + " spans without a legal trace id and span id"
                : full + " spans found the store of the test full, " + invalid + " had no legal ids";
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(full + invalid)
                        .setErrorMessage(why))
                .build();
    }
}
