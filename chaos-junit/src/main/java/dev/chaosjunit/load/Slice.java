// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import dev.chaosjunit.result.LoadResult.Point;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The slice of a series that samples are being counted into; the same one for all of them, one after the other. */
final class Slice {
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(LONGEST_MICROS, DIGITS);
    private long number;
    private long count;
    private long errors;

    /** Count a sample, after {@link #end} of the slice before, if it is of another one. */
    void add(long slice, Sample sample) {
        number = slice;
        count++;
        if (sample.sent()) {
            errors += sample.failed() ? 1 : 0;
            histogram.recordValue(Math.min(sample.latencyNanos() / 1_000, LONGEST_MICROS));
        }
    }

    boolean isOf(long slice) {
        return number == slice;
    }

    /** Add the point that it is, unless it is empty; the next one begins. */
    void end(List<Point> points, Backlog backlog) {
        if (count > 0) {
            points.add(new Point(number * Series.SLICE_MS, count, errors, ms(50), ms(99), ms(100), backlog.at(number)));
        }
        histogram.reset();
        count = 0;
        errors = 0;
    }

    private double ms(double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1_000.0;
    }
}
