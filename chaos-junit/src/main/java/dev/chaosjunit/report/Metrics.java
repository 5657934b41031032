// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.Outcome;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A result in the Prometheus text format, for a push gateway or a textfile collector. Times are in seconds. */
final class Metrics {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final String experiment;

    private Metrics(String experiment) {
        this.experiment = experiment;
    }

    static String text(ExperimentResult result) throws IOException {
        Metrics metrics = new Metrics(result.id());
        metrics.outcome(result.outcome());
        metrics.loads(result);
        metrics.faults(result);
        metrics.goroutines(result);
        StringWriter text = new StringWriter();
        List<MetricFamilySamples> families = Collections.list(metrics.registry.metricFamilySamples());
        families.sort(Comparator.comparing(family -> family.name));
        TextFormat.write004(text, Collections.enumeration(families));
        return text.toString();
    }

    private void outcome(Outcome reached) {
        Gauge gauge = gauge("outcome", "1 for the verdict that was reached, 0 for the others", "outcome");
        for (Outcome outcome : Outcome.values()) {
            set(gauge, outcome == reached ? 1.0 : 0.0, Outcomes.word(outcome));
        }
    }

    private void loads(ExperimentResult result) {
        Gauge requests = gauge("requests", "Requests planned in the window", "load", "window");
        Gauge errors = gauge("errors", "Requests that failed in the window", "load", "window");
        Gauge unsent = gauge("unsent", "Requests that the load generator could not send", "load", "window");
        Gauge p99 = gauge("latency_p99_seconds", "99th percentile, from the planned send time", "load", "window");
        for (LoadResult load : result.loads()) {
            for (LoadResult.WindowStats window : load.windows()) {
                String stage = window.window().toString();
                set(requests, (double) window.count(), load.url(), stage);
                set(errors, (double) window.errors(), load.url(), stage);
                set(unsent, (double) window.unsent(), load.url(), stage);
                set(p99, window.p99Ms() / 1000, load.url(), stage);
            }
        }
    }

    private void faults(ExperimentResult result) {
        Gauge seen = gauge("fault_seen", "Packets or queries seen while the fault was on", "fault", "instance");
        Gauge matched = gauge("fault_matched", "Packets or queries that passed the filter", "fault", "instance");
        Gauge hit = gauge("fault_hit", "Packets or queries that were really faulted", "fault", "instance");
        Gauge on = gauge("fault_on_seconds", "Request to first faulted packet", "fault", "instance");
        Gauge off = gauge("fault_off_seconds", "Revert to first clean packet", "fault", "instance");
        for (FaultResult fault : result.faults()) {
            FaultResult.Counters counters = fault.counters();
            if (counters != null) {
                set(seen, (double) counters.seen(), fault.fault(), fault.instance());
                set(matched, (double) counters.matched(), fault.fault(), fault.instance());
                set(hit, (double) counters.hit(), fault.fault(), fault.instance());
            }
            set(on, seconds(fault.onToFirstHitMs()), fault.fault(), fault.instance());
            set(off, seconds(fault.offToFirstCleanMs()), fault.fault(), fault.instance());
        }
    }

    private void goroutines(ExperimentResult result) {
        Gauge baseline = gauge("goroutines_baseline", "Goroutines after the rehearsal", "instance");
        Gauge last = gauge("goroutines", "Goroutines at the last look", "instance");
        for (GoroutineResult watched : result.goroutines()) {
            set(baseline, (double) watched.baseline(), watched.instance());
            set(last, GoroutineSection.last(watched), watched.instance());
        }
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.build("chaos_junit_" + name, help)
                .labelNames(prepend("experiment", labels))
                .register(registry);
    }

    /** Unknown values are left out: a zero would claim a measurement. */
    private void set(Gauge gauge, @Nullable Double value, String... labels) {
        if (value != null) {
            gauge.labels(prepend(experiment, labels)).set(value);
        }
    }

    private static String[] prepend(String first, String... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }

    private static @Nullable Double seconds(@Nullable Double milliseconds) {
        return milliseconds == null ? null : milliseconds / 1000;
    }
}
