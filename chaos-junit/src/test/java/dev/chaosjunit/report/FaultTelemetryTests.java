// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.chaosjunit.observe.trace.OtlpExport;
import dev.chaosjunit.observe.trace.OtlpSignal;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultPeriod;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An experiment as telemetry")
class FaultTelemetryTests {
    private static final ExperimentResult PLAIN = Samples.passed();
    private static final String FAULT = PLAIN.faults().get(0).fault();
    private static final ExperimentResult RESULT = PLAIN.like(PLAIN.id(), PLAIN.title())
            .periods(List.of(
                    new FaultPeriod(FAULT, "DnsChaos", 6_000, 11_000),
                    new FaultPeriod("tokens", "JwtChaos", 6_000, 10_000)))
            .build();
    private static final long START = ChronoUnit.NANOS.between(Instant.EPOCH, PLAIN.started());

    @Test
    @DisplayName(
            "is a trace: a span of the whole, and below it one for each window, of which the fault's has the requests' id")
    void spans() throws InvalidProtocolBufferException {
        var sent = ExportTraceServiceRequest.parseFrom(body(RESULT, OtlpSignal.TRACES))
                .getResourceSpans(0);
        List<Span> spans = sent.getScopeSpans(0).getSpansList();

        assertChaosJunit(sent.getResource());
        assertThat(spans)
                .extracting(Span::getName)
                .containsExactly("chaos.experiment", "chaos.window", "chaos.window", "chaos.window");
        assertThat(attributes(spans.get(0).getAttributesList()))
                .isEqualTo(Map.of(
                        "chaos.id", PLAIN.id(),
                        "chaos.outcome", "passed",
                        "chaos.seed", "8241907",
                        "chaos.cluster", "local, 2 pods on 198.18.7.0/24"));
        assertThat(spans.get(0).getStartTimeUnixNano()).isEqualTo(START);
        assertThat(spans.get(0).getEndTimeUnixNano()).isEqualTo(START + 21_000_000_000L);
        assertThat(attributes(spans.get(1).getAttributesList())).isEqualTo(Map.of("chaos.window.name", "baseline"));
        assertThat(attributes(spans.get(2).getAttributesList()))
                .isEqualTo(Map.of(
                        "chaos.window.name", "fault",
                        "chaos.id", PLAIN.id() + "/fault",
                        "chaos.type", "DnsChaos+JwtChaos"));
        assertThat(spans.get(2).getEventsList())
                .extracting(Span.Event::getName)
                .containsExactly("chaos.fault.on", "chaos.fault.off", "chaos.fault.on", "chaos.fault.off");
        Span.Event off = spans.get(2).getEvents(1);
        assertThat(off.getTimeUnixNano()).isEqualTo(START + 11_000_000_000L);
        assertThat(attributes(off.getAttributesList()))
                .containsEntry("chaos.type", "DnsChaos")
                .containsEntry("chaos.hits", "48");
        assertThat(spans.get(1).getEventsList()).isEmpty();
        assertThat(spans.get(2).getStartTimeUnixNano()).isEqualTo(START + 6_000_000_000L);
        assertThat(spans.get(2).getEndTimeUnixNano()).isEqualTo(START + 11_000_000_000L);
        assertThat(spans.subList(1, 4))
                .allMatch(span -> span.getParentSpanId().equals(spans.get(0).getSpanId()));
        assertThat(spans)
                .allMatch(span ->
                        span.getTraceId().size() == 16 && span.getSpanId().size() == 8);
        assertThat(spans.stream().map(Span::getTraceId).distinct()).hasSize(1);
        assertThat(spans.stream().map(Span::getSpanId).distinct()).hasSize(4);
    }

    @Test
    @DisplayName("has log records of when each fault began and ended, on which pods, how, and what it hit")
    void events() throws InvalidProtocolBufferException {
        var sent = ExportLogsServiceRequest.parseFrom(body(RESULT, OtlpSignal.LOGS))
                .getResourceLogs(0);
        List<LogRecord> events = sent.getScopeLogs(0).getLogRecordsList();

        assertChaosJunit(sent.getResource());
        assertThat(events)
                .extracting(LogRecord::getEventName)
                .containsExactly("chaos.fault.on", "chaos.fault.off", "chaos.fault.on", "chaos.fault.off");
        assertThat(events)
                .extracting(event -> (event.getTimeUnixNano() - START) / 1_000_000)
                .containsExactly(6_000L, 11_000L, 6_000L, 10_000L);
        assertThat(events.get(0).getBody().getStringValue()).isEqualTo("chaos.fault.on: " + FAULT);
        assertThat(attributes(events.get(1).getAttributesList()))
                .isEqualTo(Map.of(
                        "chaos.id", PLAIN.id() + "/fault",
                        "chaos.type", "DnsChaos",
                        "chaos.pods", "[user-api-0]",
                        "chaos.mechanism", "[tcx egress, answered in place]",
                        "chaos.hits", "48"));
        assertThat(attributes(events.get(0).getAttributesList())).doesNotContainKey("chaos.hits");
        assertThat(attributes(events.get(3).getAttributesList())).doesNotContainKey("chaos.hits");
    }

    @Test
    @DisplayName("has metrics of each fault: hits by pod, and the seconds for which it was on")
    void metrics() throws InvalidProtocolBufferException {
        var sent = ExportMetricsServiceRequest.parseFrom(body(RESULT, OtlpSignal.METRICS))
                .getResourceMetrics(0);
        Map<String, Metric> metrics = sent.getScopeMetrics(0).getMetricsList().stream()
                .collect(Collectors.toMap(Metric::getName, metric -> metric));

        assertChaosJunit(sent.getResource());
        assertThat(metrics).containsOnlyKeys("chaos_fault_hits", "chaos_fault_active_seconds");
        assertThat(Objects.requireNonNull(metrics.get("chaos_fault_active_seconds"))
                        .getGauge()
                        .getDataPointsList())
                .extracting(NumberDataPoint::getAsDouble)
                .containsExactly(5.0, 4.0);
        var hits = Objects.requireNonNull(metrics.get("chaos_fault_hits")).getSum();
        assertThat(hits.getIsMonotonic()).isTrue();
        assertThat(hits.getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(hits.getDataPointsList()).singleElement().satisfies(point -> {
            assertThat(point.getAsInt()).isEqualTo(48);
            assertThat(attributes(point.getAttributesList()))
                    .isEqualTo(Map.of(
                            "chaos.id",
                            PLAIN.id() + "/fault",
                            "chaos.type",
                            "DnsChaos",
                            "chaos.fault",
                            FAULT,
                            "k8s.pod.name",
                            "user-api-0"));
        });
    }

    @Test
    @DisplayName("is a trace alone where no fault came to be on, and the same bytes each time")
    void noFault() {
        assertThat(FaultTelemetry.of(PLAIN)).extracting(OtlpExport::signal).containsExactly(OtlpSignal.TRACES);
        assertThat(FaultTelemetry.of(RESULT)).isEqualTo(FaultTelemetry.of(RESULT));
    }

    private static ByteString body(ExperimentResult result, OtlpSignal signal) {
        return FaultTelemetry.of(result).stream()
                .filter(export -> export.signal() == signal)
                .map(OtlpExport::body)
                .findFirst()
                .orElseThrow();
    }

    private static void assertChaosJunit(Resource resource) {
        assertThat(attributes(resource.getAttributesList())).isEqualTo(Map.of("service.name", "chaos-junit"));
    }

    private static Map<String, String> attributes(List<KeyValue> pairs) {
        return pairs.stream().collect(Collectors.toMap(KeyValue::getKey, pair -> text(pair.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(AnyValue::getStringValue)
                        .toList()
                        .toString();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }
}
