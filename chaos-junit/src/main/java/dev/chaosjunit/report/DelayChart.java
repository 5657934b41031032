// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.report.Table.Column;
import dev.chaosjunit.result.FaultResult;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Delays as they were injected, beside the one that was requested. */
final class DelayChart {
    private static final int TOP = 24;
    private static final int BOTTOM = 150;
    private static final int BINS = 60;

    private DelayChart() {}

    static void write(Html html, FaultResult fault) {
        if (fault.requestedDelayMs() == null) {
            return;
        }
        double requested = fault.requestedDelayMs();
        html.open("h4")
                .text("Injected and requested delay on " + fault.instance())
                .close();
        html.leaf("p", accuracy(fault, requested)).line();
        Histogram delays = Histogram.of(fault.delayHistogramUs());
        if (delays.total() > 0) {
            bars(html, fault, delays, Math.round(requested * 1000));
            buckets(html, fault.unit(), delays.bins(delays.min(), delays.max(), 20));
        }
    }

    private static String accuracy(FaultResult fault, double requested) {
        Histogram errors = Histogram.of(fault.errorHistogramUs());
        String asked = "Requested " + Numbers.time(requested);
        if (errors.total() == 0) {
            return asked + "; no delay was measured.";
        }
        return asked + ", injected " + Numbers.count(errors.total(), "time") + "; actual minus requested: p50 "
                + Numbers.micros(errors.quantile(0.5)) + ", p99 " + Numbers.micros(errors.quantile(0.99)) + ", max "
                + Numbers.micros(errors.max()) + ".";
    }

    private static void bars(Html html, FaultResult fault, Histogram delays, long requestedUs) {
        // One straggler must not squeeze all others into a single bar: beyond 99.9 % they join the last one.
        long from = Math.min(requestedUs, delays.quantile(0.001));
        long to = Math.max(requestedUs, delays.quantile(0.999));
        long margin = Math.max(50, (to - from) / 20);
        List<Histogram.Bin> bins = delays.bins(from - margin, to + margin, BINS);
        Axis x = Axis.exact(
                bins.get(0).from() / 1000.0, bins.get(bins.size() - 1).to() / 1000.0, Plot.LEFT, Plot.RIGHT);
        long most = bins.stream().mapToLong(Histogram.Bin::count).max().orElse(1);
        Axis y = Axis.fromZero((double) most, BOTTOM, TOP);
        String label = "Histogram of injected delays on " + fault.instance() + "; figures in the table below";
        Plot plot = Plot.open(html, label, x, BOTTOM);
        plot.grid(y, Numbers::whole);
        for (Histogram.Bin bin : bins) {
            double left = bin.from() / 1000.0;
            double right = bin.to() / 1000.0;
            if (bin.count() > 0) {
                plot.bar("delay", left, right, y.at((double) bin.count()), BOTTOM);
                plot.tip(left, right, TOP, describe(fault.unit(), bin));
            }
        }
        plot.mark("requested", requestedUs / 1000.0, TOP, "requested " + Numbers.micros(requestedUs));
        String beyond =
                delays.max() > to + margin ? " Longest, in the last bar: " + Numbers.micros(delays.max()) + "." : "";
        plot.close(ticks(x), capitalized(fault.unit()) + " by delay." + beyond);
    }

    /** As many decimals as tell neighbouring ticks apart. */
    private static DoubleFunction<String> ticks(Axis x) {
        List<Double> ticks = x.ticks();
        double step = ticks.size() < 2 ? 1 : ticks.get(1) - ticks.get(0);
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return value -> String.format(Locale.ROOT, "%." + decimals + "f ms", value);
    }

    private static void buckets(Html html, Unit unit, List<Histogram.Bin> bins) {
        html.open("details").leaf("summary", "Delays as a table");
        String counted = capitalized(unit);
        Table table = Table.open(html, counted + " by delay", Column.text("Delay"), Column.number(counted));
        for (Histogram.Bin bin : bins) {
            if (bin.count() > 0) {
                table.row().cell(range(bin)).cell(Numbers.count(bin.count())).endRow();
            }
        }
        table.close();
        html.close().line();
    }

    private static String capitalized(Unit unit) {
        String many = unit.of(2);
        return many.substring(0, 1).toUpperCase(Locale.ROOT) + many.substring(1);
    }

    private static String describe(Unit unit, Histogram.Bin bin) {
        return range(bin) + ": " + Numbers.count(bin.count()) + " " + unit.of(bin.count());
    }

    private static String range(Histogram.Bin bin) {
        return String.format(Locale.ROOT, "%.3f to %.3f ms", bin.from() / 1000.0, bin.to() / 1000.0);
    }
}
