// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a service calls another for one request that comes in: retries make it more. The interval is the mean of
 * the counts of the requests, plus and minus 1.96 times their standard deviation (n - 1) over the root of their number: the
 * central limit for means of independent requests, each with all its retries. Of fewer than {@link #FEWEST} requests
 * nothing is said: from 0 to infinity.
 *
 * @param from who calls
 * @param to who is called
 * @param requests whose traces were received, those without such a call among them
 * @param calls of all of them together
 * @param lower bound of calls a request, at 95 %
 * @param upper bound
 */
public record CallsPerRequest(String from, String to, int requests, int calls, double lower, double upper) {
    /** Requests that an interval needs. */
    public static final int FEWEST = 30;

    private static final double Z = 1.96;

    /** Of each pair of services, by their names. */
    public static List<CallsPerRequest> of(Collection<Trace> traces) {
        Map<String, Map<String, Map<TraceId, Integer>>> counts = new TreeMap<>();
        for (Call call : Call.in(traces)) {
            counts.computeIfAbsent(call.from(), from -> new TreeMap<>())
                    .computeIfAbsent(call.to(), to -> new HashMap<>())
                    .merge(call.trace(), 1, Integer::sum);
        }
        List<CallsPerRequest> all = new ArrayList<>();
        counts.forEach((from, called) ->
                called.forEach((to, byRequest) -> all.add(of(from, to, traces.size(), byRequest.values()))));
        return all;
    }

    /** Calls a request. */
    public double ratio() {
        return (double) calls / requests;
    }

    /** Whether there are surely more: the lower bound is above. */
    public boolean surelyAbove(double limit) {
        return lower > limit;
    }

    private static CallsPerRequest of(String from, String to, int requests, Collection<Integer> counts) {
        int calls = counts.stream().mapToInt(Integer::intValue).sum();
        if (requests < FEWEST) {
            return new CallsPerRequest(from, to, requests, calls, 0, Double.POSITIVE_INFINITY);
        }
        double mean = (double) calls / requests;
        double squares = (requests - counts.size()) * mean * mean;
        for (int count : counts) {
            squares += (count - mean) * (count - mean);
        }
        double half = Z * Math.sqrt(squares / (requests - 1) / requests);
        return new CallsPerRequest(from, to, requests, calls, Math.max(0, mean - half), mean + half);
    }
}
