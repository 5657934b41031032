// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.List;
import java.util.Map;

/**
 * What a load saw.
 *
 * @param url the target as the test wrote it
 * @param rate requests per second
 * @param expects which answers are good ones; empty where any is that is no error
 * @param series one point per 200 ms over the whole experiment
 * @param windows totals per window
 */
public record LoadResult(String url, double rate, String expects, List<Point> series, List<WindowStats> windows) {

    /** That of one of several replicas that take turns. */
    public LoadResult at(String replica, int of) {
        return new LoadResult(url + " at " + replica, rate / of, expects, series, windows);
    }

    /**
     * A slice of time.
     *
     * @param atMs start of the slice, from the experiment's start
     * @param count requests planned in it
     * @param errors failed ones
     * @param p50Ms median latency, milliseconds
     * @param p99Ms 99th percentile
     * @param maxMs longest
     * @param inFlight requests on their way at its end
     */
    public record Point(
            double atMs, long count, long errors, double p50Ms, double p99Ms, double maxMs, long inFlight) {}

    /**
     * Totals of a window.
     *
     * @param window of which stage it is
     * @param count requests planned in it
     * @param errors failed ones
     * @param unsent ones the load generator could not send
     * @param meanMs mean latency, where one that got no answer counts at its time-out
     * @param errorKinds failed ones by kind
     */
    public record WindowStats(
            Stage window,
            long count,
            long errors,
            long unsent,
            double p50Ms,
            double p90Ms,
            double p99Ms,
            double maxMs,
            double meanMs,
            Map<String, Long> errorKinds) {}
}
