// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chaosjunit.quantity.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The report of a fixture's experiment, as other programs read it. */
record Report(JsonNode json) {

    /** By the experiment's id. */
    static Report of(String experiment) throws IOException {
        return new Report(new ObjectMapper()
                .readTree(Fixtures.REPORT.resolve(experiment + ".json").toFile()));
    }

    /** Why it is not green, a line each. */
    String summary() {
        return json.get("summary").asText();
    }

    /** What a reader should know, a line each. */
    String notes() {
        return json.get("notes").toString();
    }

    /** What services told of requests. */
    JsonNode traces() {
        return json.get("traces");
    }

    /** Whether goroutines came back, pod by pod. */
    JsonNode goroutines() {
        return json.get("goroutines");
    }

    /** What pods did, by profiles. */
    JsonNode profiles() {
        return json.get("profiles");
    }

    /** A span of a request of the fault window that is shown span by span. */
    JsonNode span(String trace, String id) {
        JsonNode requests = only(json.at("/traces/windows"), "window", "fault").get("picked");
        return only(only(requests, "trace", trace).get("spans"), "id", id);
    }

    /** How far apart faults began on several nodes. */
    List<Duration> spreads() {
        return Pattern.compile("It began on [0-9]+ nodes within ([0-9.]+[mun]?s): ")
                .matcher(notes())
                .results()
                .map(found -> Durations.parse(found.group(1)))
                .toList();
    }

    /** How far the worst hundredth of all delays was off, in milliseconds. */
    double errorMillis() {
        TreeMap<Long, Long> errors = new TreeMap<>();
        json.get("faults")
                .forEach(fault -> fault.get("errorHistogramUs")
                        .properties()
                        .forEach(bucket -> errors.merge(
                                Math.abs(Long.parseLong(bucket.getKey())),
                                bucket.getValue().asLong(),
                                Long::sum)));
        long all = errors.values().stream().mapToLong(Long::longValue).sum();
        long seen = 0;
        for (var error : errors.entrySet()) {
            seen += error.getValue();
            if (seen >= all * 0.99) {
                return error.getKey() / 1000.0;
            }
        }
        throw new IllegalStateException("no delay was measured");
    }

    /** When a window began or ended. */
    Instant at(String window, String edge) {
        double fromStart = only(json.get("windows"), "name", window).get(edge).doubleValue();
        return Instant.parse(json.get("started").asText()).plusNanos((long) (fromStart * 1_000_000));
    }

    /** A figure of the first load in a window. */
    double of(String window, String figure) {
        return only(json.at("/loads/0/windows"), "window", window).get(figure).doubleValue();
    }

    /** What was seen of an objective in a window: {@code p95}, {@code errorRate}. */
    String seen(String window, String objective) {
        return StreamSupport.stream(json.get("slos").spliterator(), false)
                .filter(slo -> slo.get("window").asText().equals(window))
                .filter(slo -> slo.get("objective").asText().equals(objective))
                .map(slo -> slo.get("observed").asText())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode only(JsonNode all, String key, String wanted) {
        return StreamSupport.stream(all.spliterator(), false)
                .filter(each -> each.get(key).asText().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    /** How many goroutines a pod had at rest after the rehearsal and at the last look, and what was said of them. */
    Rested rested(String pod) {
        JsonNode watched = only(json.get("goroutines"), "instance", pod);
        JsonNode series = watched.get("series");
        return new Rested(
                watched.get("baseline").intValue(),
                series.get(series.size() - 1).get("goroutines").intValue(),
                watched.get("outcome").asText());
    }

    record Rested(int baseline, int last, String outcome) {}

    /** What was said of the goroutines of workloads that have this outcome, by workload. */
    Map<String, String> goroutines(String outcome) {
        Map<String, String> said = new TreeMap<>();
        json.get("goroutines").forEach(pod -> {
            if (pod.get("outcome").asText().equals(outcome)) {
                String workload = pod.get("instance").asText().replaceFirst("-[0-9]+$", "");
                said.put(workload, pod.get("detail").asText());
            }
        });
        return said;
    }

    /** How often faults hit. */
    long hits() {
        return StreamSupport.stream(json.get("faults").spliterator(), false)
                .mapToLong(fault -> fault.path("counters").path("hit").asLong())
                .sum();
    }

    /** What the first fault reached of the share that it was asked for, on its first pod. */
    double share() {
        return json.at("/faults/0/share/reached").doubleValue();
    }

    /** What was counted of the means of faults, in words, pod by pod. */
    List<String> details() {
        return StreamSupport.stream(json.get("faults").spliterator(), false)
                .map(fault -> fault.get("detail").asText())
                .toList();
    }

    /** What the fault on a pod had to do with its probes. */
    String probes(String podPrefix) {
        return StreamSupport.stream(json.get("faults").spliterator(), false)
                .filter(fault -> fault.get("instance").asText().startsWith(podPrefix))
                .map(fault -> fault.get("probes").asText())
                .findFirst()
                .orElseThrow();
    }

    /** How many requests of a window failed, by kind. */
    Map<String, Long> errors(String window) {
        Map<String, Long> errors = new TreeMap<>();
        json.get("loads")
                .forEach(load -> load.get("windows").forEach(stats -> {
                    if (stats.get("window").asText().equals(window)) {
                        stats.get("errorKinds")
                                .properties()
                                .forEach(kind -> errors.merge(
                                        kind.getKey(), kind.getValue().asLong(), Long::sum));
                    }
                }));
        return errors;
    }

    /** The pods that were hit by the fault whose words begin so, each with its node. */
    Map<String, String> hitPods(String words) {
        return StreamSupport.stream(json.get("faults").spliterator(), false)
                .filter(fault -> fault.get("fault").asText().startsWith(words))
                .filter(fault -> fault.path("counters").path("hit").asLong() > 0)
                .collect(Collectors.toMap(
                        fault -> fault.get("instance").asText(),
                        fault -> fault.get("node").asText()));
    }

    /** Names of the pods that faults hit. */
    List<String> hitPods() {
        return StreamSupport.stream(json.get("faults").spliterator(), false)
                .filter(fault -> fault.path("counters").path("hit").asLong() > 0)
                .map(fault -> fault.get("instance").asText())
                .toList();
    }
}
