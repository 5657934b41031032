// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** What exporters send. */
final class OtlpRequests {
    static final String JSON = """
            {"resourceSpans":[{"resource":{"attributes":[
              {"key":"service.name","value":{"stringValue":"orders"}},
              {"key":"host.name","value":{"stringValue":"orders-0"}}]},
             "scopeSpans":[{"scope":{"name":"x","new":[1]},"spans":[{
              "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173",
              "name":"GET /orders","kind":2,"startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,
              "attributes":[{"key":"tries","value":{"intValue":"3"}},
               {"key":"list","value":{"arrayValue":{"values":[{"boolValue":true},{"doubleValue":0.5}]}}}],
              "events":[{"name":"exception","attributes":[]}],"status":{"code":2,"message":"no"},"unknown":{}}]}]}]}
            """;

    private OtlpRequests() {}

    /** Spans of a service, in one trace. */
    static ExportTraceServiceRequest spans(String service, int count) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        IntStream.rangeClosed(1, count).forEach(id -> scope.addSpans(span(id)));
        return request(service, scope);
    }

    static ExportTraceServiceRequest request(String service, ScopeSpans.Builder spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", service)))
                        .addScopeSpans(spans))
                .build();
    }

    static Span.Builder span(long id) {
        return Span.newBuilder()
                .setTraceId(bytes(7).concat(bytes(1)))
                .setSpanId(bytes(id))
                .setName("GET /")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(1_000)
                .setEndTimeUnixNano(3_000);
    }

    static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString bytes(long id) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array());
    }
}
