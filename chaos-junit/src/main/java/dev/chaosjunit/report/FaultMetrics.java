// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static dev.chaosjunit.report.TelemetryNames.text;

import dev.chaosjunit.result.FaultPeriod;
import dev.chaosjunit.result.FaultResult;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each fault hit, and how long it was on. The sum is cumulative from the fault's begin, as Prometheus wants sums. */
record FaultMetrics(TelemetryNames names) {
    static ExportMetricsServiceRequest of(TelemetryNames names) {
        FaultMetrics metrics = new FaultMetrics(names);
        ScopeMetrics.Builder scope =
                ScopeMetrics.newBuilder().setScope(TelemetryNames.scope()).addMetrics(metrics.active());
        Sum hits = metrics.hits();
        if (hits.getDataPointsCount() > 0) {
            scope.addMetrics(Metric.newBuilder()
                    .setName("chaos_fault_hits")
                    .setDescription("Packets, queries or calls that were really faulted")
                    .setUnit("{hit}")
                    .setSum(hits));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(names.resource())
                        .addScopeMetrics(scope))
                .build();
    }

    private Metric active() {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (FaultPeriod period : names.result().periods()) {
            gauge.addDataPoints(point(period).setAsDouble((period.offMs() - period.onMs()) / 1000));
        }
        return Metric.newBuilder()
                .setName("chaos_fault_active_seconds")
                .setDescription("How long the fault was on")
                .setUnit("s")
                .setGauge(gauge)
                .build();
    }

    private Sum hits() {
        Sum.Builder sum = Sum.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .setIsMonotonic(true);
        for (FaultPeriod period : names.result().periods()) {
            hits(names.pods(period))
                    .forEach((pod, hits) -> sum.addDataPoints(point(period)
                            .addAttributes(text("k8s.pod.name", pod))
                            .setAsInt(hits)));
        }
        return sum.build();
    }

    /** A pod that was started anew has several results, and one series. */
    private static Map<String, Long> hits(List<FaultResult> results) {
        Map<String, Long> hits = new LinkedHashMap<>();
        for (FaultResult result : results) {
            FaultResult.Counters counters = result.counters();
            if (counters != null) {
                hits.merge(result.instance(), counters.hit(), Long::sum);
            }
        }
        return hits;
    }

    private NumberDataPoint.Builder point(FaultPeriod period) {
        return NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(names.nanos(period.onMs()))
                .setTimeUnixNano(names.nanos(period.offMs()))
                .addAttributes(text(TelemetryNames.ID, names.faultId()))
                .addAttributes(text(TelemetryNames.TYPE, period.kind()))
                .addAttributes(text("chaos.fault", period.fault()));
    }
}
