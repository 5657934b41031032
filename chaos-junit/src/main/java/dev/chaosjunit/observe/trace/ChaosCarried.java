// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the id that requests were sent with is on every span of their traces, and who lost it where it is not.
 *
 * @param requests that were sent with the id
 * @param silent those of which no span arrived
 * @param whole those of which every span carries the id
 * @param lost where it was lost, the callers by name
 * @param strays spans of that time of services that are in no request's trace at all, by service: who calls them loses the
 *     context, or they do work of their own alone
 */
public record ChaosCarried(int requests, int silent, int whole, List<Lost> lost, Map<String, Long> strays) {

    /**
     * A step that the id does not survive.
     *
     * @param from the service that had it; "" where a request came in
     * @param to the service that has it not; the same as {@code from} where only some of its spans carry it
     * @param times requests in which it was lost there
     * @param of requests in which it could have been: the sender had it, and there is a span behind the step
     */
    public record Lost(String from, String to, int times, int of) {
        /** As "order-service does not pass it on to user-api: 412 of 412 requests". */
        public String sentence() {
            String what = from.isEmpty()
                    ? to + " does not take it from the request that comes in"
                    : from.equals(to)
                            ? from + " does not put it on all its spans"
                            : from + " does not pass it on to " + to;
            return String.format(Locale.ROOT, "%s: %,d of %,d requests", what, times, of);
        }
    }

    private record Step(String from, String to) {}

    /** Keeps what it is given. */
    public ChaosCarried {
        lost = List.copyOf(lost);
        strays = Map.copyOf(strays);
    }

    /**
     * Look for an id.
     *
     * @param traces all that was received
     * @param sent the traces of the requests with the id
     * @param chaosId the id
     * @param from start of the time in which they were sent, in nanoseconds since 1970
     * @param to its end
     */
    public static ChaosCarried of(Traces traces, Collection<TraceId> sent, String chaosId, long from, long to) {
        Set<TraceId> ids = new HashSet<>(sent);
        List<Trace> received = traces.of(ids);
        Map<String, Map<String, int[]>> steps = new TreeMap<>();
        int whole = 0;
        for (Trace trace : received) {
            Set<Step> tried = new HashSet<>();
            Set<Step> failed = new HashSet<>();
            look(trace, chaosId, tried, failed);
            tried.forEach(step -> count(steps, step, 1, 0));
            failed.forEach(step -> count(steps, step, 0, 1));
            whole += trace.spans().stream().allMatch(span -> carries(span, chaosId)) ? 1 : 0;
        }
        Map<String, Long> strays = strays(traces.startedIn(from, to), received);
        return new ChaosCarried(ids.size(), ids.size() - received.size(), whole, lost(steps), strays);
    }

    /** Whether nothing is wrong: each request left spans, and all of them carry the id. */
    public boolean everywhere() {
        return whole == requests;
    }

    /** What is wrong, a sentence each. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (silent > 0) {
            sentences.add(String.format(Locale.ROOT, "no span of %,d of %,d requests arrived", silent, requests));
        }
        lost.forEach(step -> sentences.add(step.sentence()));
        new TreeMap<>(strays)
                .forEach((service, spans) -> sentences.add(String.format(
                        Locale.ROOT,
                        "%s has %,d spans of traces of their own in this time: who calls it loses the context",
                        service,
                        spans)));
        return sentences;
    }

    /** A step is judged where its sender has the id: further down nobody can have it. */
    private static void look(Trace trace, String chaosId, Set<Step> tried, Set<Step> failed) {
        for (Span span : trace.spans()) {
            boolean has = carries(span, chaosId);
            if (span.id() == trace.entry().id()) {
                note(new Step("", span.service()), has, tried, failed);
            }
            for (Span child : has ? trace.children(span) : List.<Span>of()) {
                note(new Step(span.service(), child.service()), carries(child, chaosId), tried, failed);
            }
        }
    }

    private static Map<String, Long> strays(List<Span> inTime, List<Trace> received) {
        Set<String> reached = new HashSet<>();
        received.forEach(trace -> trace.spans().forEach(span -> reached.add(span.service())));
        Map<String, Long> strays = new TreeMap<>();
        inTime.stream()
                .filter(span -> !reached.contains(span.service()))
                .forEach(span -> strays.merge(span.service(), 1L, Long::sum));
        return strays;
    }

    private static void note(Step step, boolean has, Set<Step> tried, Set<Step> failed) {
        tried.add(step);
        if (!has) {
            failed.add(step);
        }
    }

    private static void count(Map<String, Map<String, int[]>> steps, Step step, int tried, int failed) {
        int[] counts = steps.computeIfAbsent(step.from(), name -> new TreeMap<>())
                .computeIfAbsent(step.to(), name -> new int[2]);
        counts[0] += tried;
        counts[1] += failed;
    }

    private static List<Lost> lost(Map<String, Map<String, int[]>> steps) {
        List<Lost> lost = new ArrayList<>();
        steps.forEach((from, called) -> called.forEach((to, counts) -> {
            if (counts[1] > 0) {
                lost.add(new Lost(from, to, counts[1], counts[0]));
            }
        }));
        return lost;
    }

    private static boolean carries(Span span, String chaosId) {
        return span.attribute(Span.CHAOS_ID).equals(chaosId);
    }
}
